using Npgsql;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A receipt and the timeline that it follows from.</summary>
public sealed record EncounterState(Receipt Receipt, IReadOnlyList<TimelineEntry> Timeline)
{
    /// <summary>The last entry's number; 0 when there is none.</summary>
    public long LastSequence => Timeline.Count > 0 ? Timeline[^1].Sequence : 0;
}

/// <summary>Reads receipts. What belongs to another agency does not exist here.</summary>
public sealed class ReceiptReader(UnitStore store, State state, ShortfallRules shortfalls)
{
    /// <summary>The encounter in one round trip; null when it is not the caller's.</summary>
    public async Task<EncounterState?> FindAsync(Guid encounterId, Caller caller, CancellationToken cancellation) =>
        (await LoadAsync([encounterId], caller, cancellation)).SingleOrDefault();

    public async Task<bool> ExistsAsync(Guid encounterId, Caller caller, CancellationToken cancellation)
    {
        await using var reader = await store.ReadAsync(Reader.Of(caller), cancellation,
            new NpgsqlBatchCommand("select from encounters where encounter_id = $1 and agency_ori || '' = $2")
            {
                Parameters = { new() { Value = encounterId }, new() { Value = AgencyOf(caller) } },
            });
        return await reader.ReadAsync(cancellation);
    }

    /// <summary>Whether the details of any of its reports are still kept.</summary>
    public async Task<bool> HasDetailsAsync(Guid encounterId, Caller caller, CancellationToken cancellation)
    {
        await using var reader = await store.ReadAsync(Reader.Of(caller), cancellation,
            new NpgsqlBatchCommand("select from reports r where encounter_id = $1 and not exists (select from destructions d where d.report_id = r.report_id) limit 1")
            {
                Parameters = { new() { Value = encounterId } },
            });
        return await reader.ReadAsync(cancellation);
    }

    /// <summary>The agency's encounters, the newest first, from the one before <paramref name="after"/> on; of one incident, and received at an instant or later, where that is asked for.</summary>
    public async Task<IReadOnlyList<Receipt>> PageAsync(Guid? after, string? incidentNumber, DateTimeOffset? since, int limit, Caller caller, CancellationToken cancellation)
    {
        var ids = new List<Guid>(limit);
        var select = new NpgsqlBatchCommand($"""
            select encounter_id from encounters
            where agency_ori = $1 and encounter_id < $2 and received_at >= $3 {(incidentNumber is null ? "" : "and incident_number = $5")}
            order by encounter_id desc limit $4
            """);
        foreach (var value in new object?[] { AgencyOf(caller), after ?? Guid.AllBitsSet, since?.ToUniversalTime() ?? DateTimeOffset.MinValue, limit, incidentNumber })
            if (value is not null)
                select.Parameters.Add(new() { Value = value });
        await using (var reader = await store.ReadAsync(Reader.Of(caller), cancellation, select))
        {
            while (await reader.ReadAsync(cancellation))
                ids.Add(reader.GetGuid(0));
        }
        return ids.Count == 0 ? [] : [.. (await LoadAsync([.. ids], caller, cancellation)).Select(s => s.Receipt)];
    }

    private async Task<IReadOnlyList<EncounterState>> LoadAsync(Guid[] ids, Caller caller, CancellationToken cancellation)
    {
        List<NpgsqlBatchCommand> selects = [.. EncounterRows.Selects.Select(sql => new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = ids } } })];
        selects[0].Parameters.Add(new() { Value = AgencyOf(caller) });
        await using var reader = await store.ReadAsync(Reader.Of(caller), cancellation, selects);
        return [.. (await EncounterRows.ReadAsync(reader, cancellation)).Select(e => e.Told(state, shortfalls))];
    }

    // Nobody but an agency has encounters.
    private static string AgencyOf(Caller caller) => caller.Organization.Kind == Organization.LawEnforcement ? caller.Organization.Id : "";
}
