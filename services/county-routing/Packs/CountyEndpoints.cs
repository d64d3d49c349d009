using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary><c>GET /v1/counties</c> and <c>GET /v1/counties/{fips}</c>: who the counties are and how each wants to be reached.</summary>
public static class CountyEndpoints
{
    public static void MapCounties(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/counties", () => TypedResults.Ok(new { Items = CountyMap.California.Counties })).RequireScope("encounters.read").WithName("ListCounties");
        routes.MapGet("/v1/counties/{fips}", (string fips, CountyDirectory directory) => CountyMap.California.Find(fips) is { } county
            ? TypedResults.Ok(directory.PackOf(county))
            : (IResult)Problem.NotFound("county")).RequireDirectory().RequireScope("encounters.read").WithName("GetCounty");
    }
}
