using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>An encounter comes in: it goes to the counties that the rules determine, or to the desk; never nowhere.</summary>
public sealed class RouteEncounter(CountyMap map, CountyDirectory directory, OpeningHandoffs handoffs, TimeProvider time) : IConsumer<EncounterReported>
{
    public Task Consume(ConsumeContext<EncounterReported> context)
    {
        var encounter = context.Message;
        var unit = context.UnitOfWork();
        switch (Determination.Of(encounter, map, county => directory.PackOf(county).Bands ?? Bands.Default))
        {
            case RoutingDecision.Determined determined:
                handoffs.Open(encounter.EncounterId, encounter.Urgency, determined, unit);
                break;
            case RoutingDecision.Undetermined undetermined:
                var deskItem = HandoffIds.DeskItem(encounter.EncounterId);
                unit.Publish(messageId: deskItem, message: new JurisdictionUndetermined
                {
                    EncounterId = encounter.EncounterId,
                    At = time.GetUtcNow(),
                    DeskItemId = deskItem,
                    Reason = undetermined.Reason,
                    SuggestedOrganization = undetermined.SuggestedOrganization,
                    Urgency = encounter.Urgency,
                    Reports = encounter.Reports,
                });
                break;
        }
        return Task.CompletedTask;
    }
}
