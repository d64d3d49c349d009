using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A version of a county's pack.</summary>
/// <param name="Version">Its number.</param>
/// <param name="EffectiveFrom">The day, in the state, from which it holds.</param>
/// <param name="PublishedBy">Who published it; null when it was written in the database.</param>
/// <param name="PublishedAt">When.</param>
/// <param name="InForce">Whether it holds today.</param>
/// <param name="Changes">What has changed since the version before it, or since the state's default.</param>
public sealed record PublishedVersion(int Version, DateOnly EffectiveFrom, Organization? PublishedBy, DateTimeOffset PublishedAt, bool InForce, IReadOnlyList<PackChange> Changes);

/// <summary><c>GET /v1/counties/{countyFips}/versions</c>: what a county has published, the newest first.</summary>
internal static class ReadVersions
{
    public static void MapReadVersions(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/counties/{countyFips}/versions", ListAsync).RequirePacks()
        .RequireScope("encounters.read").RecordsNothing(ReadCounties.NoRecord).WithName("ListPackVersions");

    /// <summary>Lists every version of a county's pack, the newest first: from when it holds, who published it, what it changed. What it changed in its roster is shown to itself and the state alone.</summary>
    /// <param name="countyFips">The county, five-digit FIPS.</param>
    private static async Task<Results<Ok<Page<PublishedVersion>>, ProblemHttpResult>> ListAsync(string countyFips, [AsParameters] PageQuery page, Caller caller, CountyMap map,
        CountyDirectory directory, CountyRoutingDb db, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var before = page.Key<int>(errors);
        if (errors.Any)
            return errors.ToProblem();
        if (!CountyFips.TryParse(countyFips, out var named) || map.Find(named) is not { } county)
            return Problem.NotFound("county");
        var rows = await db.Packs.AsNoTracking().Where(p => p.CountyFips == county.Fips && (before == null || p.Version < before))
            .OrderByDescending(p => p.Version).Take(page.Size + 1).ToListAsync(cancellation);
        var inForce = directory.PackOf(county).Version;
        ProtocolPack[] packs = [.. rows.Select(row => directory.ShownTo(caller.Organization, county, row.Whole)), directory.DefaultOf(county)];
        return TypedResults.Ok(page.Of([.. rows.Index()], row => new PublishedVersion(row.Item.Version, row.Item.EffectiveFrom, row.Item.PublishedBy, row.Item.PublishedAt,
            row.Item.Version == inForce, PackChange.Between(packs[row.Index + 1], packs[row.Index])), row => row.Item.Version));
    }
}
