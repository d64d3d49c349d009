using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>GET /v1/needs</c> and <c>GET /v1/needs/{id}</c>: a provider sees the needs that it accepted, a county all of its own, the state those
/// that nobody was left for, because it is told when the county cannot be.
/// </summary>
internal static class ReadNeeds
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var needs = app.MapGroup("/v1/needs").RequireScope("handoffs.read | offers.act", kinds: "provider county state:ca");
        needs.MapGet("", ListAsync);
        needs.MapGet("/{id}", OneAsync);
    }

    private static async Task<Results<Ok<Page<NeedView>>, ProblemHttpResult>> ListAsync(Caller caller, CaseServicesDb db, Store store, TimeProvider time, string? state, Guid? after,
        int? limit, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var size = Page.Size(limit, errors);
        var stored = state is null ? null : NeedView.States.GetValueOrDefault(state);
        if (state is not null && stored is null)
            errors.AddParameter("state", "unknown-code", $"Give one of {string.Join(", ", NeedView.States.Keys)}.");
        if (errors.Any)
            return errors.ToProblem();
        var found = await db.Needs.Where(IsOf(caller))
            .Where(n => (stored == null || n.CurrentState == stored) && (after == null || n.CorrelationId > after))
            .OrderBy(n => n.CorrelationId).Take(size + 1).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.NeedsListed, time.GetUtcNow(), facts: new { count = Math.Min(found.Count, size) }), cancellation);
        return TypedResults.Ok(Page.Of(found, size, n => NeedView.Of(n, caller.Organization), n => n.CorrelationId.ToString()));
    }

    private static async Task<Results<Ok<NeedView>, ProblemHttpResult>> OneAsync(Caller caller, CaseServicesDb db, Store store, TimeProvider time, Guid id,
        CancellationToken cancellation)
    {
        if (await db.Needs.Where(IsOf(caller)).SingleOrDefaultAsync(n => n.CorrelationId == id, cancellation) is not { } need)
            return Problem.NotFound("need");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.NeedRead, time.GetUtcNow(), id, need.ReportId), cancellation);
        return TypedResults.Ok(NeedView.Of(need, caller.Organization));
    }

    private static Expression<Func<Need, bool>> IsOf(Caller caller) => caller.Organization switch
    {
        { Kind: Organization.County, Id: var county } => need => need.CountyFips == county,
        { Kind: Organization.Provider, Id: var provider } => need => need.AcceptedBy == provider,
        { Kind: Organization.State } when caller.May("handoffs.read") => need => need.CurrentState == nameof(NeedMachine.Unfilled),
        _ => need => false,
    };
}
