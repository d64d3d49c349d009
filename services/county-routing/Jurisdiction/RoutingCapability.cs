using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Drills;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Nodes;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Routing: who gets a report, and the desk for what cannot be determined. The statewide system alone routes.</summary>
internal static class RoutingCapability
{
    public static void AddRouting(this Handlers handlers) => handlers
        .Consumer<RouteEncounter, RouteReferral, TellRecipients>(Queues.Jurisdiction)
        .Saga<DeskItemMachine, DeskItem>(Queues.Desk)
        .Saga<NodeMachine, WatchedNode>(Queues.Node)
        .Saga<DrillMachine, Drill>(Queues.Drill);

    public static void AddRouting(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OpeningHandoffs>().AddSingleton<DeskDecisions>().AddSingleton<DeskBriefing>().AddSingleton<PackTrial>();
        builder.AddNodes();
        builder.Services.AddDrills();
    }

    public static void MapRouting(this IEndpointRouteBuilder routes)
    {
        var jurisdiction = routes.Capability("jurisdiction", "Which county responds at a place, and who else must know.");
        jurisdiction.MapExplainJurisdiction();
        jurisdiction.MapReadJurisdiction();
        routes.MapDesk();
        routes.MapNodes();
        routes.MapDrills();
    }
}
