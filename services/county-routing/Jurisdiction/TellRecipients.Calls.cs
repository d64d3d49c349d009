using MassTransit;
using Npgsql;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>To oneself: tells each county that has a handoff of the encounter of every call that was recorded.</summary>
[WireName("officer-calls.tell.v1")]
public sealed record TellOfCalls(Guid EncounterId) : IEncounterMessage;

/// <content>
/// An officer has called. The call is kept, and told to who has a handoff by then; who gets one later is told when it is opened. Each of the two commits before it is looked, so that
/// whichever looks last sees both. Whoever is told twice knows it.
/// </content>
public sealed partial class TellRecipients : IConsumer<TelephoneReportRecorded>, IConsumer<TellOfCalls>
{
    private const string IsRouted = "select exists (select from jurisdiction_decisions where encounter_id = $1)";
    private const string Calls = "select recorded_at, called_at, called from officer_calls where encounter_id = $1 order by recorded_at";
    private const string OpenedOfEncounter = """
        select handoff_id, report_id, organization from opened_handoffs where report_id in
            (select (report->>'reportId')::uuid from jurisdiction_decisions, jsonb_array_elements(reports) report where encounter_id = $1)
        order by organization, report_id
        """;

    /// <summary>It is cheap where no county has a clock that could start: a row.</summary>
    public Task Consume(ConsumeContext<TelephoneReportRecorded> context)
    {
        var (recorded, unit) = (context.Message, context.UnitOfWork());
        unit.AddOnce(RecordedCall.Of(recorded));
        if (directory.CountsCalls(recorded.Organization))
            unit.Send(Queues.Jurisdiction, new TellOfCalls(recorded.EncounterId), DeterministicId.Of(recorded.EncounterId, $"call {recorded.At:O}"));
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<TellOfCalls> context)
    {
        var (encounter, unit) = (context.Message.EncounterId, context.UnitOfWork());
        unit.Read(async connection =>
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var sql in (string[])[IsRouted, Calls, OpenedOfEncounter])
                batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = encounter } } });
            await using var row = await batch.ExecuteReaderAsync(context.CancellationToken);
            await row.ReadAsync(context.CancellationToken);
            // The call has overtaken the report, which would be routed without it: it is tried again, and parked when the report is.
            if (!row.GetBoolean(0))
                throw new InvalidOperationException("The encounter that an officer has called about is not routed yet.");
            await row.NextResultAsync(context.CancellationToken);
            var calls = new List<RecordedCall>();
            while (await row.ReadAsync(context.CancellationToken))
                calls.Add(new()
                {
                    EncounterId = encounter,
                    RecordedAt = row.GetFieldValue<DateTimeOffset>(0),
                    CalledAt = row.GetFieldValue<DateTimeOffset>(1),
                    Called = row.IsDBNull(2) ? null : Organization.Parse(row.GetString(2)),
                });
            await row.NextResultAsync(context.CancellationToken);
            while (await row.ReadAsync(context.CancellationToken))
                if (Organization.Parse(row.GetString(2)) is { Kind: Organization.County } county)
                    foreach (var call in calls)
                        unit.Publish(Told(call, row.GetGuid(0), row.GetGuid(1), county), DeterministicId.Of(row.GetGuid(0), $"call {call.RecordedAt:O}"));
        });
        return Task.CompletedTask;
    }

    private static HandoffOfficerCalled Told(RecordedCall call, Guid handoff, Guid report, Organization organization) => new()
    {
        EncounterId = call.EncounterId,
        At = call.RecordedAt,
        ReportId = report,
        HandoffId = handoff,
        Organization = organization,
        CalledAt = call.CalledAt,
        Called = call.Called,
    };
}
