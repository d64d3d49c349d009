using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary><c>POST /v1/providers</c> (with <c>Idempotency-Key</c>) and <c>PUT /v1/providers/{slug}</c> (with <c>If-Match</c>): counties keep the providers that they have contracts with, the state all.</summary>
internal static class WriteProvider
{
    public static void MapWriteProvider(this IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/v1/providers").RequireScope("providers.write", kinds: "county state").Records(LedgerActions.DirectoryChanged);
        providers.MapPost("", AddAsync).Idempotent().Checks<Provider>(ProviderRules.Check).Problems(StatusCodes.Status409Conflict, "provider-exists").WithName("AddProvider");
        providers.MapPut("/{slug}", ReplaceAsync).Conditional().Checks<Provider>((body, http) => ProviderRules.Check(Of(body, (string)http.GetRouteValue("slug")!), http))
            .WithName("ReplaceProvider");
    }

    /// <summary>Adds a provider to the directory. A county writes its own contracts only.</summary>
    private static async Task<Results<Created<ProviderView>, ProblemHttpResult>> AddAsync(Provider body, Request request, TimeProvider time, CancellationToken cancellation)
    {
        body = ProviderRules.WithCanonicalCodes(body);
        if (ProviderRules.CheckContracts(body, request.Caller.Organization) is { Any: true } errors)
            return errors.ToProblem();
        var row = ProviderRow.New(body, request.Caller.Organization, time.GetUtcNow());
        var answer = TypedResults.Created($"/v1/providers/{row.Slug}", ProviderView.Of(row, request.Caller.Organization));
        request.Unit.Add(row);
        request.Unit.Publish(row.Listed());
        request.Records(row.Slug, facts: new { change = "insert", version = row.Version });
        return await request.CommitAsync(answer, cancellation) is null ? answer : Exists();
    }

    /// <summary>Replaces what the directory says of a provider. Contracts of other counties stay as they are.</summary>
    /// <param name="slug">Slug of the provider; it stands for the body's.</param>
    private static Task<Results<Ok<ProviderView>, ProblemHttpResult>> ReplaceAsync(string slug, Provider body, Precondition condition, Request request, CaseServicesDb db,
        State state, TimeProvider time, CancellationToken cancellation) =>
        Precondition.UntilAnsweredAsync(() => TryReplaceAsync(slug, body, condition, request, db, state, time, cancellation));

    private static async Task<Results<Ok<ProviderView>, ProblemHttpResult>?> TryReplaceAsync(string slug, Provider body, Precondition condition, Request request, CaseServicesDb db,
        State state, TimeProvider time, CancellationToken cancellation)
    {
        var (now, writer) = (time.GetUtcNow(), request.Caller.Organization);
        if (await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is not { } row || !ProviderRules.MayWrite(writer, row, state.DayOf(now)))
            return Problem.NotFound("provider");
        if (!condition.Admits(row.Version))
            return condition.Failed("provider");
        body = ProviderRules.WithCanonicalCodes(Of(body, slug));
        if (ProviderRules.CheckContracts(body, writer) is { Any: true } errors)
            return errors.ToProblem();
        body = ProviderRules.KeepContracts(body, row.Document, writer);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Providers.Where(p => p.Slug == slug && p.Version == row.Version).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Document, body).SetProperty(p => p.Version, row.Version + 1).SetProperty(p => p.ChangedAt, now)
                    .SetProperty(p => p.Revision, p => p.Revision + 1), cancellation) == 0)
            return null;
        // As it is now that the row is held: the free places may have changed meanwhile.
        row = await db.Providers.AsNoTracking().SingleAsync(p => p.Slug == slug, cancellation);
        request.Unit.Publish(row.Listed());
        request.Records(slug, facts: new { change = "update", version = row.Version });
        await request.CommitWithAsync(db, cancellation);
        return TypedResults.Ok(ProviderView.Of(row, writer));
    }

    // Whatever slug the body says, or none.
    private static Provider Of(Provider body, string slug) => body with { Slug = slug };

    private static ProblemHttpResult Exists() =>
        Problem.Conflict("provider-exists", "There is a provider with this slug; GET /v1/providers/{slug} shows it. Whoever added it, a county that has a contract with it and the state change it with PUT /v1/providers/{slug}. When it is another one, choose another slug.");
}
