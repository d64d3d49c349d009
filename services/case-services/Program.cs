using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Referrals;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices;

internal static class Program
{
    public static Task Main(string[] args) => Build(WebApplication.CreateBuilder(args)).RunServiceAsync<CaseServicesDb>(args);

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddService<CaseServicesDb>(Contracts.Services.CaseServices, handlers => handlers
            .Consumer<TakeUpNeeds>(Queues.Referral)
            .Saga<NeedMachine, Need>(Queues.Need));
        builder.Services.AddNeeds();
        builder.Services.AddProviders();
        return builder.BuildService(routes =>
        {
            routes.MapNeeds();
            routes.MapProviders();
        });
    }
}
