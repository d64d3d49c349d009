using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
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
            unit.Publish(messageId: HandoffIds.Handoff(report.ReportId, recipient.Organization), message: Opened(encounterId, urgency, report, recipient, now));
    }

    /// <summary>Publishes <see cref="HandoffOpened"/> for one that a report is referred on to: it opens anew, whatever it was before.</summary>
    public void Open(Guid encounterId, string urgency, ReportedChild report, Recipient recipient, Referral referral, UnitOfWork unit) =>
        unit.Publish(Opened(encounterId, urgency, report, recipient, time.GetUtcNow()) with { Referral = referral });

    private HandoffOpened Opened(Guid encounterId, string urgency, ReportedChild report, Recipient recipient, DateTimeOffset now)
    {
        var pack = directory.PackFor(recipient.Organization);
        return new()
        {
            EncounterId = encounterId,
            At = now,
            ReportId = report.ReportId,
            HandoffId = HandoffIds.Handoff(report.ReportId, recipient.Organization),
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
        };
    }
}
