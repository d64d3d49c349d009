namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Handoffs: each recipient of a report, until a human there has accepted. A node keeps those of its organizations, the statewide system all others.</summary>
internal static class HandoffsCapability
{
    public static void AddHandoffs(this Handlers handlers) => handlers.KeptSaga<HandoffMachine, Handoff>(Queues.Handoff, waiting: "due_at is not null");

    public static void MapHandoffs(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("handoffs", "Each recipient of a report, until a human there has accepted.");
        routes.MapReadHandoffs();
        routes.MapActOnHandoff();
        routes.MapReferOn();
        routes.MapDetermineResponse();
        routes.MapRecordInPerson();
        routes.MapCloseHandoff();
    }
}
