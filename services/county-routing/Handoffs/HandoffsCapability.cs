namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Handoffs: each recipient of a report, until a human there has accepted.</summary>
internal static class HandoffsCapability
{
    public static void AddHandoffs(this IServiceCollection services) => services.AddSingleton<OpeningHandoffs>();

    public static void MapHandoffs(this IEndpointRouteBuilder routes)
    {
        routes.MapReadHandoffs();
        routes.MapActOnHandoff();
    }
}
