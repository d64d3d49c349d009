using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary><c>GET /v1/counties</c> and <c>GET /v1/counties/{countyFips}</c>: who the counties are and how each wants to be reached.</summary>
internal static class ReadCounties
{
    private const string NoRecord = "Counties and their packs say nothing of any report.";

    public static void MapReadCounties(this IEndpointRouteBuilder routes)
    {
        var counties = routes.MapGroup("/v1/counties").RequireScope("encounters.read").RecordsNothing(NoRecord);
        counties.MapGet("", List).WithName("ListCounties");
        counties.MapGet("/{countyFips}", One).RequirePacks().WithName("GetCounty");
    }

    /// <summary>Lists the counties of the state.</summary>
    private static Results<Ok<Page<County>>, ProblemHttpResult> List([AsParameters] PageQuery page, CountyMap map)
    {
        var errors = new ValidationErrors();
        var after = page.KeyText(errors);
        return errors.Any ? errors.ToProblem() : TypedResults.Ok(page.Of(
            [.. map.Counties.Where(c => after is null || string.CompareOrdinal(c.Fips.Text, after) > 0).Take(page.Size + 1)], c => c, c => c.Fips.Text));
    }

    /// <summary>Shows how a county wants to be reached and how long it may stay silent.</summary>
    /// <param name="countyFips">The county, five-digit FIPS.</param>
    private static Results<Ok<ProtocolPack>, ProblemHttpResult> One(string countyFips, CountyMap map, CountyDirectory directory) =>
        CountyFips.TryParse(countyFips, out var named) && map.Find(named) is { } county ? TypedResults.Ok(directory.PackOf(county)) : Problem.NotFound("county");
}
