using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A county of the state, and whether it can be called.</summary>
/// <param name="CountyFips">The county, five-digit FIPS.</param>
/// <param name="Name">The name without "County".</param>
/// <param name="Organization">Its child welfare agency.</param>
/// <param name="Contacts">What is known of its numbers.</param>
/// <param name="Hotline">That number; null when nobody has given a checked one.</param>
public sealed record ListedCounty(CountyFips CountyFips, string Name, Organization Organization, [CodeOf(typeof(ContactStates))] string Contacts, Hotline? Hotline);

/// <summary><c>GET /v1/counties</c> (by <c>contacts</c>) and <c>GET /v1/counties/{countyFips}</c> (by <c>version</c>): who the counties are and how each wants to be reached.</summary>
internal static class ReadCounties
{
    public const string NoRecord = "Counties and their packs say nothing of any report.";

    public static void MapReadCounties(this IEndpointRouteBuilder routes)
    {
        var counties = routes.MapGroup("/v1/counties").RequireScope("encounters.read").RecordsNothing(NoRecord);
        counties.MapGet("", List).RequirePacks().WithName("ListCounties");
        counties.MapGet("/{countyFips}", OneAsync).RequirePacks().WithName("GetCounty");
    }

    /// <summary>Lists the counties of the state, also those of which no number is known.</summary>
    /// <param name="contacts">Only those of whose numbers this is known.</param>
    private static Results<Ok<Page<ListedCounty>>, ProblemHttpResult> List([AsParameters] PageQuery page, [CodeOf(typeof(ContactStates))] string? contacts, CountyMap map,
        CountyDirectory directory, HotlineAge age)
    {
        var errors = new ValidationErrors().Check("contacts", contacts, ContactStates.All);
        var after = page.KeyText(errors);
        if (errors.Any)
            return errors.ToProblem();
        var found = map.Counties.Where(c => after is null || string.CompareOrdinal(c.Fips.Text, after) > 0)
            .Select(c => (County: c, Pack: age.Shown(directory.PackOf(c), directory.Today)))
            .Select(c => new ListedCounty(c.County.Fips, c.County.Name, c.County.Organization, ContactStates.Of(c.Pack), c.Pack.Hotline))
            .Where(c => contacts is null || c.Contacts == contacts);
        return TypedResults.Ok(page.Of([.. found.Take(page.Size + 1)], c => c, c => c.CountyFips.Text));
    }

    /// <summary>Shows how a county wants to be reached and how long it may stay silent: its pack that holds today, or another version of it. Its roster is shown to itself and the state alone.</summary>
    /// <param name="countyFips">The county, five-digit FIPS.</param>
    /// <param name="version">A version that was published, whether it holds today or not; 0 is the state's default.</param>
    private static async Task<Results<Ok<ProtocolPack>, ProblemHttpResult>> OneAsync(string countyFips, int? version, Caller caller, CountyMap map, CountyDirectory directory, HotlineAge age,
        CountyRoutingDb db, CancellationToken cancellation)
    {
        if (!CountyFips.TryParse(countyFips, out var named) || map.Find(named) is not { } county)
            return Problem.NotFound("county");
        var pack = version switch
        {
            null => directory.PackOf(county),
            0 => directory.DefaultOf(county),
            { } asked => (await db.Packs.AsNoTracking().SingleOrDefaultAsync(p => p.CountyFips == county.Fips && p.Version == asked, cancellation))?.Whole,
        };
        if (pack is null)
            return Problem.NotFound("version of the pack");
        return TypedResults.Ok(age.Shown(directory.ShownTo(caller.Organization, county, pack), directory.Today));
    }
}
