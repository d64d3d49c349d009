using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary><c>PUT /v1/providers/{slug}/capacity</c>: a provider (or for it the state or a county that has a contract with it) says how many places are free, all types at once.</summary>
internal static class ReportCapacity
{
    private const int Most = 10_000;

    public static void MapReportCapacity(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/providers/{slug}/capacity", PutAsync)
        .RequireScope("capacity.write", kinds: "provider county state").Records(LedgerActions.CapacityReported).Unconditional("The newest count holds, whatever was said before.").WithName("ReportCapacity");

    /// <summary>Says how many places of a provider are free, all types at once: the provider itself, the state, or a county that has a contract with it.</summary>
    /// <param name="slug">Slug of the provider.</param>
    private static async Task<Results<Ok<Capacity>, ProblemHttpResult>> PutAsync(string slug, Capacity body, Request request, CaseServicesDb db, State state, TimeProvider time,
        CancellationToken cancellation)
    {
        var (now, caller) = (time.GetUtcNow(), request.Caller);
        if (await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is not { } row
            || !(caller.Organization.Is(Organization.Provider, slug) || ProviderRules.MayWrite(caller.Organization, row, state.DayOf(now))))
            return Problem.NotFound("provider");
        var errors = Check(body, row.Document, now);
        if (errors.Any)
            return errors.ToProblem();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Providers.Where(p => p.Slug == slug)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Available, body.Available).SetProperty(p => p.AvailableAt, body.AsOf == null ? now : body.AsOf.Value.ToUniversalTime())
                .SetProperty(p => p.Revision, p => p.Revision + 1), cancellation);
        // As it is now that the row is held: the document may have changed meanwhile.
        row = await db.Providers.AsNoTracking().SingleAsync(p => p.Slug == slug, cancellation);
        request.Unit.Publish(row.Listed());
        request.Records(slug, facts: row.Available);
        await request.CommitWithAsync(db, cancellation);
        return TypedResults.Ok(Capacity.Of(row));
    }

    private static ValidationErrors Check(Capacity body, Provider provider, DateTimeOffset now)
    {
        var errors = new ValidationErrors();
        errors.AddImplausible("/asOf", body.AsOf, now);
        if (body.Available is null)
            errors.Add("/available", "required", "Give the free places by service type, such as {\"EMERGENCY_SHELTER\": 2}.");
        foreach (var (type, places) in body.Available ?? new Dictionary<string, int>())
        {
            var pointer = JsonPointer.Of("available", type);
            if (!NeedTypes.All.Contains(type))
                errors.AddUnknownCode("/available", type, NeedTypes.All);
            else if (provider.Services.All(s => s.Type != type))
                errors.Add(pointer, "not-offered", "The provider does not offer this service. Leave it out.");
            if (places is < 0 or > Most)
                errors.Add(pointer, "out-of-range", $"Give 0 to {Most} free places.");
        }
        return errors;
    }
}
