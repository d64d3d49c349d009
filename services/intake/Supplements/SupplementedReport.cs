using System.Text.Json;
using Npgsql;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Supplements;

/// <summary>A report to which its agency wants to add.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Encounter">Of its encounter: id, agency and when it was.</param>
/// <param name="NeedIds">The needs that were reported.</param>
/// <param name="IsDestroyed">Its details were destroyed, or are going to be.</param>
/// <param name="IsRetracted">Its agency has taken it back.</param>
/// <param name="Last">The number of its last supplement; 0 when it has none.</param>
/// <param name="Same">The earlier supplement that says the same; null when none does.</param>
internal sealed record SupplementedReport(Guid ReportId, Encounter Encounter, IReadOnlyList<Guid> NeedIds, bool IsDestroyed, bool IsRetracted, int Last, TakenSupplement? Same)
{
    private const string Find = """
        select e.encounter_id, e.agency_ori, e.received_at, e.occurred_at, e.learned_at, r.needs, exists (select from destructions d where d.report_id = r.report_id),
            coalesce((select max(sequence) from supplements s where s.report_id = r.report_id), 0), s.supplement_id, s.sequence, s.made_at, s.learned_at, s.tells, exists (select from retractions t where t.report_id = r.report_id)
        from reports r join encounters e on e.encounter_id = r.encounter_id left join supplements s on s.report_id = r.report_id and s.content = $3
        where r.report_id = $1 and 'le:' || r.agency_ori = $2
        """;

    /// <summary>In one round trip; null when it is not the caller's report.</summary>
    public static async Task<SupplementedReport?> FindAsync(UnitStore store, Guid reportId, byte[] content, Caller caller, CancellationToken cancellation)
    {
        await using var row = await store.ReadAsync(Reader.Of(caller), cancellation, new NpgsqlBatchCommand(Find)
        {
            Parameters = { new() { Value = reportId }, new() { Value = caller.Organization.Text }, new() { Value = content } },
        });
        if (!await row.ReadAsync(cancellation))
            return null;
        var encounter = new Encounter
        {
            EncounterId = row.GetGuid(0),
            AgencyOri = row.GetString(1),
            ReceivedAt = row.GetFieldValue<DateTimeOffset>(2),
            OccurredAt = row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3),
            LearnedAt = row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        };
        return new(reportId, encounter, [.. JsonSerializer.Deserialize<IReadOnlyList<RequestedNeed>>(row.GetString(5), WireFormat.Json)!.Select(need => need.NeedId)], row.GetBoolean(6), row.GetBoolean(13), row.GetInt32(7),
            row.IsDBNull(8) ? null : new(row.GetGuid(8), reportId, row.GetInt32(9), row.GetFieldValue<DateTimeOffset>(10), row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
                JsonSerializer.Deserialize<IReadOnlyList<string>>(row.GetString(12), WireFormat.Json)!));
    }

    /// <summary>The state's day of the encounter.</summary>
    public DateOnly EncounteredOn(State state) => state.DayOf(PlausibleInstant.FirstOf(Encounter.ReceivedAt, Encounter.OccurredAt, Encounter.LearnedAt) ?? Encounter.ReceivedAt);

    /// <summary>The next supplement, sealed.</summary>
    public Supplement Next(NewSupplement said, byte[] content, State state, DataKey key, DateTimeOffset now)
    {
        var (id, child) = (Guid.CreateVersion7(now), said.Child ?? new());
        return new()
        {
            SupplementId = id,
            EncounterId = Encounter.EncounterId,
            ReportId = ReportId,
            AgencyOri = Encounter.AgencyOri,
            Sequence = Last + 1,
            MadeAt = now,
            LearnedAt = said.LearnedAt,
            ImmediateDanger = said.ImmediateDanger,
            Tells = said.Told(),
            Child = child.Coded(EncounteredOn(state)),
            Content = content,
            Details = SealedJson.Seal(new SupplementDetails(said.Officer,
                new(child.Name, child.Alias, child.DateOfBirth, child.ApproximateAge, child.Tribe, child.Safety?.MedicalAlerts, child.Safety?.Notes, child.Particulars),
                said.PresentLocation, [.. (said.Guardians ?? []).OfType<Guardian>()], [.. (said.Suspects ?? []).OfType<Suspect>()], said.Narrative), id, key),
            KeyId = key.Id,
        };
    }

    /// <summary>As it travels.</summary>
    public ReportSupplemented Event(Supplement supplement) => new()
    {
        EncounterId = supplement.EncounterId,
        At = supplement.MadeAt,
        ReportId = supplement.ReportId,
        SupplementId = supplement.SupplementId,
        Sequence = supplement.Sequence,
        LearnedAt = supplement.LearnedAt,
        Tells = supplement.Tells,
        ImmediateDanger = supplement.ImmediateDanger == true,
        Child = supplement.Child,
        NeedIds = NeedIds,
    };
}
