using Npgsql;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Workers;

/// <summary>A report for which a county wants to name a worker.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="EncounterId">Its encounter.</param>
/// <param name="AgencyOri">Its agency.</param>
/// <param name="IsDestroyed">Its details were destroyed, or are going to be.</param>
/// <param name="HasAccepted">The county has to act on the child, and has accepted.</param>
/// <param name="LastContent">Fingerprint of the worker whom the county named last; empty when it has named none.</param>
/// <param name="LastAt">When it did.</param>
internal sealed record AssignableReport(Guid ReportId, Guid EncounterId, string AgencyOri, bool IsDestroyed, bool HasAccepted, byte[] LastContent, DateTimeOffset LastAt)
{
    private const string Mine = """
        select r.encounter_id, r.agency_ori, exists (select from destructions d where d.report_id = r.report_id), w.content, w.assigned_at
        from reports r left join lateral (select content, assigned_at from workers where report_id = r.report_id and organization = $2 order by assigned_at desc limit 1) w on true
        where r.report_id = $1 and exists (select from grants g
            where g.report_id = r.report_id and g.organization = $2 and g.expires_at > now() and g.tier = $3 and g.legal_basis <> $4)
        """;

    private const string Handoffs = """
        select t.encounter_id, t.sequence, t.at, t.type, t.report_id, t.data from reports r join timeline t on t.encounter_id = r.encounter_id
        where r.report_id = $1 and t.report_id = $1 and t.type like 'handoff.%'
        """;

    /// <summary>In one round trip; null when the county has no grant. As the service: the timeline is the agency's.</summary>
    public static async Task<AssignableReport?> FindAsync(UnitStore store, Guid reportId, Organization county, LawRegister law, CancellationToken cancellation)
    {
        await using var row = await store.ReadAsync(Reader.Service, cancellation,
            new NpgsqlBatchCommand(Mine)
            {
                Parameters = { new() { Value = reportId }, new() { Value = county.Text }, new() { Value = Tiers.County }, new() { Value = RuleUses.EmergencyGrant } },
            },
            new NpgsqlBatchCommand(Handoffs) { Parameters = { new() { Value = reportId } } });
        if (!await row.ReadAsync(cancellation))
            return null;
        var found = new AssignableReport(reportId, row.GetGuid(0), row.GetString(1), row.GetBoolean(2), false,
            row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3), row.IsDBNull(4) ? default : row.GetFieldValue<DateTimeOffset>(4));
        await row.NextResultAsync(cancellation);
        var events = new List<IEncounterEvent>();
        while (await row.ReadAsync(cancellation))
        {
            if (CodedFacts.Event(EncounterRows.EntryOf(row)) is { } happened)
                events.Add(happened);
        }
        // What a handoff has come to, the receipt says as well.
        return found with
        {
            HasAccepted = ReceiptHandoff.Of(new Report { ReportId = reportId }, events, law, default)
                .Any(handoff => handoff.Organization == county && handoff.Role.MustAct() && handoff.IsTaken),
        };
    }

    /// <summary>A worker of the county, sealed.</summary>
    public Worker Sealed(WorkerDetails details, byte[] content, Organization county, DataKey key, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            WorkerId = id,
            EncounterId = EncounterId,
            ReportId = ReportId,
            AgencyOri = AgencyOri,
            Organization = county,
            AssignedAt = now,
            Content = content,
            Details = SealedJson.Seal(details, id, key),
            KeyId = key.Id,
        };
    }
}
