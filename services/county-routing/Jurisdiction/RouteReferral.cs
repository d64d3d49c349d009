using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Handoffs;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// A report is referred on: the county that it goes to gets a handoff, with the way that the report has come. To one that has had it, or too often, it does not go: these counties
/// do not agree, and a person at the desk decides between them. Who referred it on stays responsible until one has accepted.
/// </summary>
public sealed class RouteReferral(CountyMap map, OpeningHandoffs handoffs, TimeProvider time) : IConsumer<HandoffReferredOn>
{
    // Ours: a report that has been with so many counties needs somebody who decides.
    internal const int MostHops = 3;

    public Task Consume(ConsumeContext<HandoffReferredOn> context)
    {
        Route(context.Message, context.UnitOfWork());
        return Task.CompletedTask;
    }

    /// <summary>Opens the next handoff, or asks the desk.</summary>
    public void Route(HandoffReferredOn referred, UnitOfWork unit)
    {
        var (from, to) = (referred.Organization, referred.Hops[^1].To);
        var referral = new Referral { HandoffId = referred.HandoffId, Hops = referred.Hops };
        if (map.OfOrganization(to) is { } county && referred.Hops.Count <= MostHops && referred.Hops.All(hop => hop.From != to))
            handoffs.OpenReferred(referred.EncounterId, referred.Urgency, referred.Child,
                new(county, Role.Responder, Bases.Referral, Confidences.Clear, null, RuleTexts.Referred(county, map.OfOrganization(from)?.Name ?? from.Text)), referral, unit, referred.At);
        else
            unit.Publish(new JurisdictionUndetermined
            {
                EncounterId = referred.EncounterId,
                At = time.GetUtcNow(),
                DeskItemId = HandoffIds.Dispute(referred.HandoffId, referred.Hops),
                Reason = UndeterminedReasons.Disputed,
                Between = [from, to],
                Referral = referral,
                Urgency = referred.Urgency,
                Reports = [referred.Child],
            });
    }
}
