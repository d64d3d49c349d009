using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A receipt and the timeline that it follows from.</summary>
public sealed record EncounterState(Receipt Receipt, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>Reads receipts. What belongs to another agency does not exist here.</summary>
public sealed class ReceiptReader(Store store)
{
    /// <summary>The encounter in one round trip; null when it is not the caller's.</summary>
    public async Task<EncounterState?> FindAsync(Guid encounterId, Caller caller, CancellationToken cancellation) =>
        (await LoadAsync([encounterId], caller, cancellation)).SingleOrDefault();

    public async Task<bool> ExistsAsync(Guid encounterId, Caller caller, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand("select from encounters where encounter_id = $1 and agency_ori || '' = $2");
        command.Parameters.Add(new() { Value = encounterId });
        command.Parameters.Add(new() { Value = AgencyOf(caller) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation);
    }

    /// <summary>The agency's encounters, the newest first, from the one before <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<Receipt>> PageAsync(Guid? after, int limit, Caller caller, CancellationToken cancellation)
    {
        var ids = new List<Guid>(limit);
        await using (var command = store.Database.CreateCommand(
            "select encounter_id from encounters where agency_ori = $1 and encounter_id < $2 order by encounter_id desc limit $3"))
        {
            command.Parameters.Add(new() { Value = AgencyOf(caller) });
            command.Parameters.Add(new() { Value = after ?? Guid.AllBitsSet });
            command.Parameters.Add(new() { Value = limit });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.GetGuid(0));
        }
        return ids.Count == 0 ? [] : [.. (await LoadAsync([.. ids], caller, cancellation)).Select(s => s.Receipt)];
    }

    /// <summary>What the agency reported under the same incident number: ids and fingerprints.</summary>
    public async Task<IReadOnlyList<Encounter>> SameIncidentAsync(string agencyOri, string incidentNumber, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(EncounterRows.SameIncident);
        command.Parameters.Add(new() { Value = agencyOri });
        command.Parameters.Add(new() { Value = incidentNumber });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var same = new List<Encounter>();
        while (await reader.ReadAsync(cancellation))
            same.Add(new() { EncounterId = reader.GetGuid(0), Children = reader.GetFieldValue<byte[]>(1), Content = reader.GetFieldValue<byte[]>(2) });
        return same;
    }

    private async Task<IReadOnlyList<EncounterState>> LoadAsync(Guid[] ids, Caller caller, CancellationToken cancellation)
    {
        await using var batch = store.Database.CreateBatch();
        foreach (var sql in EncounterRows.Selects)
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = ids } } });
        batch.BatchCommands[0].Parameters.Add(new() { Value = AgencyOf(caller) });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return [.. (await EncounterRows.ReadAsync(reader, cancellation)).Select(e => e.State)];
    }

    // Nobody but an agency has encounters.
    private static string AgencyOf(Caller caller) => caller.Organisation.Kind == Organisation.LawEnforcement ? caller.Organisation.Id : "";
}
