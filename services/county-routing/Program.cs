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
        builder.AddService<CountyRoutingDb>("county-routing", handlers => handlers
            .Consumer<RouteEncounter>("county-routing-jurisdiction")
            .Saga<HandoffMachine, Handoff>("county-routing-handoff")
            .Saga<DeskItemMachine, DeskItem>("county-routing-desk"));
        builder.Services.AddPacks();
        builder.Services.AddHandoffs();
        return builder.BuildService(routes =>
        {
            routes.MapJurisdiction();
            routes.MapPacks();
            routes.MapHandoffs();
            routes.MapDesk();
        });
    }
}
