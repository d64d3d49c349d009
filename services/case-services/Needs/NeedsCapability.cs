using SafeHarbor.CaseServices.Offers;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>Needs, and who meets them.</summary>
internal static class NeedsCapability
{
    public static void AddNeeds(this IServiceCollection services)
    {
        services.AddSingleton(provider => Reminders.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<NeedSteps>();
        services.AddHostedService<UnfilledNeeds>();
    }

    public static void MapNeeds(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("needs", "What children need, the offers of it to providers, and how it goes on.");
        routes.MapReadNeeds();
        routes.MapFollowThrough();
        routes.MapAskAgain();
        routes.MapActOnAccess();
        routes.MapReadOffers();
        routes.MapAnswerOffer();
    }
}
