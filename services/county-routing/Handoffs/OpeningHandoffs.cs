using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>One handoff for each recipient of each report; the same routing twice opens the same handoffs.</summary>
public sealed class OpeningHandoffs(CountyDirectory directory, TimeProvider time)
{
    /// <summary>Publishes <see cref="HandoffOpened"/> for each recipient.</summary>
    public void Open(Guid encounterId, string urgency, RoutingDecision.Determined routing, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        foreach (var (report, recipient) in routing.Reports.SelectMany(r => r.Recipients.Select(recipient => (r.Report, recipient)))
            // The responders last: who waits until a report is routed then knows everybody who got it.
            .OrderBy(r => r.recipient.Role == Role.Responder))
        {
            var pack = directory.PackFor(recipient.Organization);
            var handoffId = HandoffIds.Handoff(report.ReportId, recipient.Organization);
            unit.Publish(messageId: handoffId, message: new HandoffOpened
            {
                EncounterId = encounterId,
                At = now,
                ReportId = report.ReportId,
                HandoffId = handoffId,
                Organization = recipient.Organization,
                OrganizationName = recipient.Name,
                Role = recipient.Role,
                Basis = recipient.Basis,
                Confidence = recipient.Confidence,
                DistanceToLineMeters = recipient.DistanceToLineMeters,
                Rule = recipient.Rule.Text,
                Child = report,
                Urgency = urgency,
                AcknowledgeBy = now.AddMinutes(pack.AcknowledgeWithinMinutes),
                HotlinePhone = pack.Hotline?.Phone,
                HotlineVerifiedAt = pack.Hotline?.VerifiedAt,
                RetentionDays = pack.RetentionDays,
            });
        }
    }
}
