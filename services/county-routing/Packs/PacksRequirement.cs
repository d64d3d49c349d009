namespace SafeHarbor.CountyRouting.Packs;

internal static class PacksRequirement
{
    /// <summary>Answers 503 until packs have been read.</summary>
    public static RouteHandlerBuilder RequirePacks(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (call, next) =>
        call.HttpContext.RequestServices.GetRequiredService<CountyDirectory>().IsLoaded
            ? await next(call)
            : Problem.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The counties' packs have not been read yet. Send the same request again in a few seconds."));
}
