using Npgsql;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.Encounters;

namespace SafeHarbor.Intake.Whereabouts;

/// <summary>What is known of a child's whereabouts, and of the report that it hangs on.</summary>
/// <param name="Encounter">Of the encounter: its id, agency, custody and when it was received.</param>
/// <param name="IsDestroyed">The report's details were destroyed, or are going to be.</param>
/// <param name="Tellings">All that was told, in the order in which it was.</param>
public sealed record KnownWhereabouts(Encounter Encounter, bool IsDestroyed, IReadOnlyList<Telling> Tellings)
{
    // The reporting agency, and whoever holds a live grant that tells of the child.
    private const string Mine = """
        select e.encounter_id, e.agency_ori, e.received_at, e.custody_taken, e.custody_taken_at, exists (select from destructions d where d.report_id = r.report_id)
        from reports r join encounters e on e.encounter_id = r.encounter_id
        where r.report_id = $1 and ('le:' || r.agency_ori = $2
            or exists (select from grants g where g.report_id = r.report_id and g.organization = $2 and g.expires_at > now() and g.tier <> 'DESK'))
        """;

    private const string Told = """
        select telling_id, holder, since, next_holder, next_at, organization, told_at from whereabouts where report_id = $1 order by told_at, telling_id
        """;

    /// <summary>What is known, in one round trip; null when the report is none that the caller may know of, and no grant of it has come in time.</summary>
    public static Task<KnownWhereabouts?> FindAsync(UnitStore store, AwaitedGrants awaited, Guid reportId, Caller caller, CancellationToken cancellation) =>
        awaited.FindAsync(reportId, caller.Organization, () => FindAsync(store, reportId, caller, cancellation), cancellation);

    private static async Task<KnownWhereabouts?> FindAsync(UnitStore store, Guid reportId, Caller caller, CancellationToken cancellation)
    {
        await using var row = await store.ReadAsync(Reader.Of(caller), cancellation,
            new NpgsqlBatchCommand(Mine) { Parameters = { new() { Value = reportId }, new() { Value = caller.Organization.Text } } },
            new NpgsqlBatchCommand(Told) { Parameters = { new() { Value = reportId } } });
        if (!await row.ReadAsync(cancellation))
            return null;
        var encounter = new Encounter
        {
            EncounterId = row.GetGuid(0),
            AgencyOri = row.GetString(1),
            ReceivedAt = row.GetFieldValue<DateTimeOffset>(2),
            CustodyTaken = row.IsDBNull(3) ? null : row.GetBoolean(3),
            CustodyTakenAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        };
        var isDestroyed = row.GetBoolean(5);
        await row.NextResultAsync(cancellation);
        var tellings = new List<Telling>();
        while (await row.ReadAsync(cancellation))
        {
            tellings.Add(new()
            {
                TellingId = row.GetGuid(0),
                EncounterId = encounter.EncounterId,
                ReportId = reportId,
                AgencyOri = encounter.AgencyOri,
                Holder = row.GetString(1),
                Since = row.GetFieldValue<DateTimeOffset>(2),
                NextHolder = row.IsDBNull(3) ? null : row.GetString(3),
                NextAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
                Organization = Organization.Parse(row.GetString(5)),
                ToldAt = row.GetFieldValue<DateTimeOffset>(6),
            });
        }
        return new(encounter, isDestroyed, tellings);
    }

    /// <summary>With one more.</summary>
    public KnownWhereabouts With(Telling telling) => this with { Tellings = [.. Tellings, telling] };

    /// <summary>As it is shown.</summary>
    public WhereaboutsView View(Guid reportId)
    {
        IReadOnlyList<ToldWhereabouts> history = [.. ToldWhereabouts.OfCustody(Encounter), .. Tellings.Select(t => t.Shown)];
        return new(reportId, ToldWhereabouts.LatestOf(history), history);
    }
}
