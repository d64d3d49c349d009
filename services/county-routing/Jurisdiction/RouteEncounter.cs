using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>An encounter comes in: it goes to the counties that the rules determine, to the desk, or, when they only make one likely, to both; never nowhere.</summary>
public sealed class RouteEncounter(CountyMap map, CountyDirectory directory, OpeningHandoffs handoffs, TimeProvider time) : IConsumer<EncounterReported>
{
    public Task Consume(ConsumeContext<EncounterReported> context)
    {
        var encounter = context.Message;
        var unit = context.UnitOfWork();
        var (facts, packs) = (JurisdictionFacts.Of(encounter), new PacksUsed(directory));
        var decision = Determination.Of(facts, map, packs.BandsOf);
        var isDrill = encounter.Reports.Any(report => report.DrillEndsAt is not null);
        // Nothing is ever asked of how a drill was routed, and packs are tried on reports.
        if (!isDrill)
            unit.AddOnce(JurisdictionDecision.Of(encounter.EncounterId, Deciders.Routing, facts, decision, packs.All, map, time.GetUtcNow()));
        var determined = decision as RoutingDecision.Determined;
        if (determined is not null)
            handoffs.Open(encounter.EncounterId, encounter.Urgency, determined, unit, determined.ToConfirm is null ? null : HandoffIds.DeskItem(encounter.EncounterId));
        if (decision.WhyAPerson is { } why && !(isDrill && why == UndeterminedReasons.NearStateLine))
            AskDesk(encounter, why, determined?.Responder.Organization, decision, unit);
        return Task.CompletedTask;
    }

    private void AskDesk(EncounterReported encounter, string reason, Organization? likely, RoutingDecision decision, UnitOfWork unit)
    {
        var deskItem = HandoffIds.DeskItem(encounter.EncounterId);
        unit.Publish(messageId: deskItem, message: new JurisdictionUndetermined
        {
            EncounterId = encounter.EncounterId,
            At = time.GetUtcNow(),
            DeskItemId = deskItem,
            Reason = reason,
            SuggestedOrganization = likely,
            PossibleOrganizations = [.. decision.Possible.Select(county => county.Organization)],
            OuterLines = decision.OuterLines is [] ? null : decision.OuterLines,
            Urgency = encounter.Urgency,
            Reports = encounter.Reports,
        });
    }
}
