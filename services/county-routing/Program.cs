using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting;

internal static class Program
{
    public static Task Main(string[] args) => args is ["packs", .. var files]
        ? PackCheck.RunAsync(Build(WebApplication.CreateBuilder()), files)
        : Build(WebApplication.CreateBuilder(args)).RunServiceAsync<CountyRoutingDb>(args);

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        var isNode = NodeSettings.Read(builder.Configuration) is not null;
        builder.AddService<CountyRoutingDb>(Contracts.Services.CountyRouting, handlers =>
        {
            handlers.AddHandoffs();
            if (!isNode)
                handlers.AddRouting();
        });
        builder.Services.AddJurisdiction();
        builder.Services.AddPacks();
        if (!isNode)
            builder.AddRouting();
        return builder.BuildService(routes =>
        {
            routes.MapPacks();
            routes.MapHandoffs();
            if (!isNode)
                routes.MapRouting();
        });
    }
}
