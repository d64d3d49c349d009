using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting;

internal static class Program
{
    public static Task Main(string[] args) => Build(WebApplication.CreateBuilder(args)).RunServiceAsync<CountyRoutingDb>(args);

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddService<CountyRoutingDb>(Contracts.Services.CountyRouting, handlers => handlers
            .Consumer<RouteEncounter>(Queues.Jurisdiction)
            .Saga<HandoffMachine, Handoff>(Queues.Handoff)
            .Saga<DeskItemMachine, DeskItem>(Queues.Desk));
        builder.Services.AddPacks();
        builder.Services.AddHandoffs();
        builder.Services.AddDesk();
        return builder.BuildService(routes =>
        {
            routes.MapJurisdiction();
            routes.MapPacks();
            routes.MapHandoffs();
            routes.MapDesk();
        });
    }
}
