using MassTransit;
using Npgsql;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// The agency has added to a report, or taken it back: everybody who was ever given it is addressed, whoever keeps the handoff, and each handoff says by its state whether there is somebody to tell. Whoever is given it
/// later reads it with the report. The desk decides by what was added, wherever it has an item about the report.
/// </summary>
public sealed partial class TellRecipients(CountyDirectory directory) : IConsumer<ReportSupplemented>, IConsumer<ReportRetracted>
{
    // The encounter's own item is told by the event itself; those of a county that is silent, or of counties that do not agree, have ids that only their handoffs know.
    private const string Asked = "select correlation_id from desk_items where encounter_id = $1 and correlation_id <> $2 and reports @> jsonb_build_array(jsonb_build_object('reportId', $3::text))";
    private const string Opened = "select handoff_id, organization from opened_handoffs where report_id = $1 order by organization";

    public Task Consume(ConsumeContext<ReportSupplemented> context)
    {
        var (added, unit) = (context.Message, context.UnitOfWork());
        unit.Read(async connection =>
        {
            foreach (var (handoff, organization) in await OpenedAsync(connection, added.ReportId, context.CancellationToken))
                unit.Publish(Told(added, handoff, organization), DeterministicId.Of(handoff, $"supplement {added.SupplementId}"));
            foreach (var item in await AskedAsync(connection, added, context.CancellationToken))
                unit.Send(Queues.Desk, new SupplementDeskItem(added.EncounterId, item, added));
        });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ReportRetracted> context)
    {
        var (retracted, unit) = (context.Message, context.UnitOfWork());
        unit.Read(async connection =>
        {
            foreach (var (handoff, organization) in await OpenedAsync(connection, retracted.ReportId, context.CancellationToken))
                unit.Publish(Told(retracted, handoff, organization), DeterministicId.Of(handoff, "retraction"));
        });
        return Task.CompletedTask;
    }

    private static HandoffRetracted Told(ReportRetracted retracted, Guid handoff, Organization organization) => new()
    {
        EncounterId = retracted.EncounterId,
        At = retracted.At,
        ReportId = retracted.ReportId,
        HandoffId = handoff,
        Organization = organization,
        Reason = retracted.Reason,
        OtherReportId = retracted.OtherReportId,
    };

    private static HandoffSupplemented Told(ReportSupplemented added, Guid handoff, Organization organization) => new()
    {
        EncounterId = added.EncounterId,
        At = added.At,
        ReportId = added.ReportId,
        HandoffId = handoff,
        Organization = organization,
        Sequence = added.Sequence,
        ImmediateDanger = added.ImmediateDanger,
        Child = added.Child,
    };

    private static async Task<IReadOnlyList<Guid>> AskedAsync(NpgsqlConnection connection, ReportSupplemented added, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Asked, connection)
        {
            Parameters = { new() { Value = added.EncounterId }, new() { Value = HandoffIds.DeskItem(added.EncounterId) }, new() { Value = added.ReportId.ToString() } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var asked = new List<Guid>();
        while (await row.ReadAsync(cancellation))
            asked.Add(row.GetGuid(0));
        return asked;
    }

    private static async Task<IReadOnlyList<(Guid Handoff, Organization Organization)>> OpenedAsync(NpgsqlConnection connection, Guid report, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Opened, connection) { Parameters = { new() { Value = report } } };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var opened = new List<(Guid, Organization)>();
        while (await row.ReadAsync(cancellation))
            opened.Add((row.GetGuid(0), Organization.Parse(row.GetString(1))));
        return opened;
    }
}
