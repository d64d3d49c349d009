using System.Text.Json;
using Npgsql;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>The rows that one encounter's receipt follows from, read by plain SQL: nothing else is read so often.</summary>
internal sealed class EncounterRows
{
    /// <summary>
    /// For one batch: <c>$1</c> the encounters' ids, <c>$2</c>, in the first statement only, the agency whose they must be. Newest first. What the
    /// others bring of an encounter that the first has not is not looked at.
    /// </summary>
    public static readonly string[] Selects =
    [
        // The agency is compared as an expression, here and below: with an index on it a plan may begin with all encounters of the agency.
        """
        select e.encounter_id, e.incident_number, e.received_at, e.agency_ori, e.latitude, e.longitude, e.stated_county_fips, e.understood_place, e.has_address, array(select o.encounter_id from encounters o
            where o.agency_ori || '' = e.agency_ori and o.incident_number = e.incident_number and o.encounter_id <> e.encounter_id), e.test,
            e.custody_taken, e.custody_taken_at, e.present_place, e.occurred_at, e.learned_at, e.custody_grounds
        from encounters e where e.encounter_id = any($1) and e.agency_ori || '' = $2 order by e.encounter_id desc
        """,
        "select r.encounter_id, r.report_id, r.child, r.needs, alike_to(r, e), r.missing from reports r join encounters e on e.encounter_id = r.encounter_id where r.encounter_id = any($1)",
        "select encounter_id, rule, limited_by, started_at, due_at, satisfied_at, current_state from report_clocks where encounter_id = any($1)",
        "select encounter_id, sequence, at, type, report_id, data from timeline where encounter_id = any($1) order by encounter_id, sequence",
    ];

    private readonly List<Report> _reports = [];
    private readonly List<ReportClock> _clocks = [];
    private readonly List<TimelineEntry> _timeline = [];
    private readonly Encounter _encounter;
    private readonly Guid[] _nearDuplicates;

    private EncounterRows(NpgsqlDataReader row)
    {
        _encounter = new()
        {
            EncounterId = row.GetGuid(0),
            IncidentNumber = row.GetString(1),
            ReceivedAt = row.GetFieldValue<DateTimeOffset>(2),
            AgencyOri = row.GetString(3),
            Latitude = row.IsDBNull(4) ? null : row.GetDouble(4),
            Longitude = row.IsDBNull(5) ? null : row.GetDouble(5),
            StatedCountyFips = row.IsDBNull(6) ? null : CountyFips.Parse(row.GetString(6)),
            UnderstoodPlace = JsonSerializer.Deserialize<UnderstoodPlace>(row.GetString(7), WireFormat.Json)!,
            HasAddress = row.GetBoolean(8),
            Test = row.GetBoolean(10),
            CustodyTaken = row.IsDBNull(11) ? null : row.GetBoolean(11),
            CustodyTakenAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
            PresentPlace = row.IsDBNull(13) ? null : JsonSerializer.Deserialize<KeptPlace>(row.GetString(13), WireFormat.Json),
            OccurredAt = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
            LearnedAt = row.IsDBNull(15) ? null : row.GetFieldValue<DateTimeOffset>(15),
            CustodyGrounds = JsonSerializer.Deserialize<IReadOnlyList<string>>(row.GetString(16), WireFormat.Json)!,
        };
        _nearDuplicates = row.GetFieldValue<Guid[]>(9);
    }

    public EncounterState Told(State state, ShortfallRules shortfalls) =>
        new(Receipt.Of(_encounter, _reports, [.. _timeline.Select(CodedFacts.Event).OfType<IEncounterEvent>()], _clocks, _nearDuplicates, state, shortfalls), _timeline);

    /// <summary>Reads the answers to <see cref="Selects"/>.</summary>
    public static async Task<IEnumerable<EncounterRows>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var all = new List<EncounterRows>();
        while (await reader.ReadAsync(cancellation))
            all.Add(new(reader));
        var byId = all.ToDictionary(e => e._encounter.EncounterId);
        foreach (var add in new Action<EncounterRows, NpgsqlDataReader>[] { AddReport, AddClock, AddEntry })
        {
            await reader.NextResultAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                // Another agency's, or one that was committed since the first statement and is told the next time.
                if (byId.TryGetValue(reader.GetGuid(0), out var encounter))
                    add(encounter, reader);
            }
        }
        return all;
    }

    private static void AddReport(EncounterRows to, NpgsqlDataReader row) => to._reports.Add(new()
    {
        ReportId = row.GetGuid(1),
        Child = row.GetInt32(2),
        Needs = JsonSerializer.Deserialize<IReadOnlyList<RequestedNeed>>(row.GetString(3), WireFormat.Json)!,
        MayBeSameAs = JsonSerializer.Deserialize<IReadOnlyList<AlikeReport>>(row.GetString(4), WireFormat.Json)!,
        Missing = row.IsDBNull(5) ? null : row.GetBoolean(5),
    });

    private static void AddClock(EncounterRows to, NpgsqlDataReader row) => to._clocks.Add(new()
    {
        Rule = row.GetString(1),
        LimitedBy = row.GetString(2),
        StartedAt = row.GetFieldValue<DateTimeOffset>(3),
        DueAt = row.GetFieldValue<DateTimeOffset>(4),
        SatisfiedAt = row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
        CurrentState = StateWord.NameOf(row.GetString(6)),
    });

    private static void AddEntry(EncounterRows to, NpgsqlDataReader row) => to._timeline.Add(EntryOf(row));

    /// <summary>An entry of the timeline, of a row with the columns of the last of <see cref="Selects"/>.</summary>
    public static TimelineEntry EntryOf(NpgsqlDataReader row) => new()
    {
        EncounterId = row.GetGuid(0),
        Sequence = row.GetInt64(1),
        At = row.GetFieldValue<DateTimeOffset>(2),
        Type = row.GetString(3),
        ReportId = row.IsDBNull(4) ? null : row.GetGuid(4),
        Data = row.GetString(5),
    };
}
