using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>What an agency has reported before that a submission has to do with.</summary>
/// <param name="SameIncident">Its encounters under the same incident number: ids and fingerprints.</param>
/// <param name="Alike">For each child of the submission, the reports that may be about the same child.</param>
public sealed record Earlier(IReadOnlyList<Encounter> SameIncident, IReadOnlyList<IReadOnlyList<AlikeReport>> Alike)
{
    /// <summary>A child whom the sender says to be the child of a report that is not one of its agency's.</summary>
    public ValidationErrors Check(EncounterReport submitted)
    {
        var errors = new ValidationErrors();
        foreach (var (index, child) in submitted.Children!.Index())
        {
            if (child!.SameChildAs is { } said && Alike[index].All(alike => alike.ReportId != said))
                errors.Add($"/children/{index}/sameChildAs", "unknown-report", "Your agency has no such report. Give the reportId of an earlier receipt, or leave it out.");
        }
        return errors;
    }
}

/// <summary>Looks for what was reported before, in one round trip. The rule which reports are alike is the database's function <c>alike</c>.</summary>
public sealed class EarlierReports(UnitStore store, State state)
{
    private const string SameIncident = "select encounter_id, content from encounters where agency_ori || '' = $1 and incident_number = $2";

    private const string Alike = """
        select alike(null, null, $1, $2, $3, c.full_name, c.given_and_birth, c.gender, c.age_band, c.same_child_as)
        from unnest($4, $5, $6, $7, $8) with ordinality c(full_name, given_and_birth, gender, age_band, same_child_as, number) order by number
        """;

    public async Task<Earlier> FindAsync(EncounterReport submitted, Fingerprints fingerprints, Caller caller, DateTimeOffset now, CancellationToken cancellation)
    {
        var (agency, incident) = (submitted.Source!.AgencyOri!, submitted.Source.IncidentNumber!);
        NpgsqlBatchCommand sameIncident = new(SameIncident) { Parameters = { new() { Value = agency }, new() { Value = incident } } };
        NpgsqlBatchCommand alike = new(Alike) { Parameters = { new() { Value = agency }, new() { Value = incident }, new() { Value = now } } };
        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) => alike.Parameters.Add(new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        Add(NpgsqlDbType.Bytea, fingerprints.Children.Select(c => c.FullName));
        Add(NpgsqlDbType.Bytea, fingerprints.Children.Select(c => c.GivenAndBirth));
        Add(NpgsqlDbType.Text, submitted.Children!.Select(c => c!.Gender ?? Genders.Unknown));
        Add(NpgsqlDbType.Text, submitted.Children!.Select(c => Ages.BandOf(c!, submitted, now, state)));
        Add(NpgsqlDbType.Uuid, submitted.Children!.Select(c => c!.SameChildAs));

        await using var reader = await store.ReadAsync(Reader.Of(caller), cancellation, sameIncident, alike);
        var same = new List<Encounter>();
        while (await reader.ReadAsync(cancellation))
            same.Add(new() { EncounterId = reader.GetGuid(0), Content = reader.GetFieldValue<byte[]>(1) });
        await reader.NextResultAsync(cancellation);
        var reports = new List<IReadOnlyList<AlikeReport>>();
        while (await reader.ReadAsync(cancellation))
            reports.Add(JsonSerializer.Deserialize<IReadOnlyList<AlikeReport>>(reader.GetString(0), WireFormat.Json)!);
        return new(same, reports);
    }
}
