using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary><c>GET /v1/providers</c> (by <c>type</c> and <c>countyFips</c>), <c>GET /v1/providers/{slug}</c> and <c>/capacity</c>: the directory, which names no child.</summary>
internal static class ReadProviders
{
    private const string NoChild = "The directory names no child.";

    public static void MapReadProviders(this IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/v1/providers").RequireScope("handoffs.read | offers.act | providers.write").RecordsNothing(NoChild);
        providers.MapGet("", ListAsync).WithName("ListProviders");
        providers.MapGet("/{slug}", OneAsync).WithName("GetProvider");
        providers.MapGet("/{slug}/capacity", CapacityAsync).WithName("GetCapacity");
    }

    /// <summary>Lists the directory of providers, by slug. It names no child.</summary>
    /// <param name="type">Only those that do this.</param>
    /// <param name="countyFips">Only those that have a contract with this county, five-digit FIPS.</param>
    private static async Task<Results<Ok<Page<ProviderView>>, ProblemHttpResult>> ListAsync(Caller caller, CaseServicesDb db, [AsParameters] PageQuery page, [CodeOf(typeof(NeedTypes))] string? type,
        string? countyFips, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.KeyText(errors);
        if (type is not null && !NeedTypes.All.Contains(type))
            errors.AddUnknownValue("type", type, NeedTypes.All);
        CountyFips? fips = null;
        if (countyFips is not null && !CountyFips.TryParse(countyFips, out fips))
            errors.AddParameter("countyFips", "wrong-form", CountyFips.Form);
        if (errors.Any)
            return errors.ToProblem();
        var rows = await db.Providers.ToListAsync(cancellation);
        var found = rows
            .Where(r => type is null || r.Document.Services.Any(s => s.Type == type))
            .Where(r => fips is null || r.Document.Contracts.Any(c => c.CountyFips == fips.Text))
            .Where(r => after is null || string.CompareOrdinal(r.Slug, after) > 0)
            .OrderBy(r => r.Slug, StringComparer.Ordinal).Take(page.Size + 1).ToList();
        return TypedResults.Ok(page.Of(found, r => ProviderView.Of(r, caller.Organization), r => r.Slug));
    }

    /// <summary>Shows a provider.</summary>
    /// <param name="slug">Slug of the provider.</param>
    private static async Task<Results<Ok<ProviderView>, ProblemHttpResult>> OneAsync(string slug, Caller caller, CaseServicesDb db, CancellationToken cancellation)
    {
        if (await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is not { } row)
            return Problem.NotFound("provider");
        return TypedResults.Ok(ProviderView.Of(row, caller.Organization));
    }

    /// <summary>Shows how many places of a provider are free.</summary>
    /// <param name="slug">Slug of the provider.</param>
    private static async Task<Results<Ok<Capacity>, ProblemHttpResult>> CapacityAsync(string slug, CaseServicesDb db, CancellationToken cancellation) =>
        await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is { } row ? TypedResults.Ok(Capacity.Of(row)) : Problem.NotFound("provider");
}
