using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>One handoff for each recipient of each report; the same routing twice opens the same handoffs.</summary>
public sealed class OpeningHandoffs(CountyMap map, CountyDirectory directory, TimeProvider time)
{
    /// <summary>Who else must know of a report, when this county responds to it.</summary>
    public FurtherRecipients Further(ReportedChild report, Organization responder) => FurtherRecipients.Of(report, map.OfOrganization(responder)!, map, directory.PackOf);

    /// <summary>Publishes <see cref="HandoffOpened"/> for each recipient, and, unless the responder is only likely, for everybody else who must know.</summary>
    /// <param name="encounterId">The encounter.</param>
    /// <param name="urgency">One of <see cref="Urgencies"/>.</param>
    /// <param name="routing">The recipients of each report.</param>
    /// <param name="unit">Publishes.</param>
    /// <param name="deskItem">The desk's item about who responds; null when the desk has none.</param>
    /// <param name="decidedAt">When a person decided it; null when none had to.</param>
    public void Open(Guid encounterId, string urgency, RoutingDecision.Determined routing, UnitOfWork unit, Guid? deskItem = null, DateTimeOffset? decidedAt = null)
    {
        List<(ReportedChild Report, Recipient Recipient, IReadOnlyList<Role>? NotReached)> opened = [];
        foreach (var routed in routing.Reports)
        {
            var (report, recipients) = routed;
            var further = routed.IsGuess ? null : Further(report, recipients[0].Organization);
            opened.AddRange([.. recipients.Skip(1).Concat(further?.Reached ?? []).Select(r => (report, r, (IReadOnlyList<Role>?)null)), (report, recipients[0], further?.NotReached)]);
        }
        // The responders last: who waits until a report is routed then knows everybody who got it.
        foreach (var (report, recipient, notReached) in opened.OrderBy(o => o.Recipient.Role == Role.Responder))
            Open(encounterId, urgency, report, recipient, notReached, unit, recipient.Role == Role.Responder ? deskItem : null, decidedAt, recipient.Role == Role.Responder ? routing.OuterLines : []);
        // What routing itself decides, it decides before it hears of a call.
        if (decidedAt is not null)
            foreach (var responder in opened.Select(o => o.Recipient).Where(r => r.Role == Role.Responder).Select(r => r.Organization).Distinct())
                TellOfCalls(encounterId, responder, unit);
    }

    /// <summary>
    /// Publishes it for a county that a report is referred on to, and for everybody else who must know when that one responds: it opens anew, whatever it was before. Whoever
    /// must know because of the county before has its part all the same.
    /// </summary>
    public void OpenReferred(Guid encounterId, string urgency, ReportedChild report, Recipient recipient, Referral referral, UnitOfWork unit, DateTimeOffset decidedAt, Guid? deskItem = null)
    {
        OpenFurther(encounterId, urgency, [report], recipient.Organization, unit, decidedAt);
        Publish(Opened(encounterId, urgency, report, recipient, Further(report, recipient.Organization).NotReached) with { Referral = referral, DeskItemId = deskItem }, null, unit);
        TellOfCalls(encounterId, recipient.Organization, unit);
    }

    /// <summary>Publishes it for everybody else who must know when this county, which has its handoff, responds from now on.</summary>
    public void OpenFurther(Guid encounterId, string urgency, IEnumerable<ReportedChild> reports, Organization responder, UnitOfWork unit, DateTimeOffset decidedAt)
    {
        foreach (var report in reports)
            foreach (var recipient in Further(report, responder).Reached)
                Open(encounterId, urgency, report, recipient, null, unit, null, decidedAt);
    }

    private void Open(Guid encounterId, string urgency, ReportedChild report, Recipient recipient, IReadOnlyList<Role>? notReached, UnitOfWork unit, Guid? deskItem, DateTimeOffset? decidedAt,
        IReadOnlyList<OuterLine>? outerLines = null)
    {
        var handoffId = HandoffIds.Handoff(report.ReportId, recipient.Organization);
        // What follows from who responds was perhaps withdrawn and is opened anew: under the same id it would be the same message again.
        var messageId = recipient.ListedBy is not null && decidedAt is { } at ? DeterministicId.Of(handoffId, $"decided {at:O}") : handoffId;
        Publish(Opened(encounterId, urgency, report, recipient, notReached) with { DeskItemId = deskItem, OuterLines = outerLines is { Count: > 0 } ? outerLines : null }, messageId, unit);
    }

    // An officer may have called before it was opened.
    private void TellOfCalls(Guid encounterId, Organization responder, UnitOfWork unit)
    {
        if (directory.CountsCalls(responder))
            unit.Send(Queues.Jurisdiction, new TellOfCalls(encounterId));
    }

    // Whoever keeps the handoff: here it stays known that there is one.
    private static void Publish(HandoffOpened opened, Guid? messageId, UnitOfWork unit)
    {
        unit.AddOnce(OpenedHandoff.Of(opened));
        unit.Publish(opened, messageId);
    }

    private HandoffOpened Opened(Guid encounterId, string urgency, ReportedChild report, Recipient recipient, IReadOnlyList<Role>? notReached)
    {
        var now = time.GetUtcNow();
        var pack = directory.PackFor(recipient.Organization, recipient.ListedBy);
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
            ListedBy = recipient.ListedBy,
            NotReached = notReached,
        };
    }
}
