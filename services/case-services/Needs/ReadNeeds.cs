using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>GET /v1/needs</c> and <c>GET /v1/needs/{id}</c>: a provider sees the needs that it accepted, a county all of its own, the state those
/// of its counties that nobody was left for and those that it was told of because the county could not be.
/// </summary>
internal static class ReadNeeds
{
    public static void MapReadNeeds(this IEndpointRouteBuilder routes)
    {
        var needs = routes.MapGroup("/v1/needs").RequireScope("handoffs.read | offers.act", kinds: "provider county state");
        needs.MapGet("", ListAsync).Records(LedgerActions.NeedsListed).WithName("ListNeeds");
        needs.MapGet("/{id:guid}", OneAsync).Records(LedgerActions.NeedRead).WithName("GetNeed");
    }

    /// <summary>Lists needs: a provider those that it accepted, a county all of its own, the state those of its counties that nobody was left for.</summary>
    /// <param name="state">Only those in this state.</param>
    private static async Task<Results<Ok<Page<NeedView>>, ProblemHttpResult>> ListAsync(Request request, CaseServicesDb db, State home, [AsParameters] PageQuery page, [StateOf(typeof(NeedMachine))] string? state,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        var stored = state is null ? null : NeedView.States.GetValueOrDefault(state);
        if (state is not null && stored is null)
            errors.AddUnknownValue("state", state, NeedView.States.Keys);
        if (errors.Any)
            return errors.ToProblem();
        var found = page.Of(await db.Needs.Where(IsOf(request.Caller, home))
            .Where(n => (stored == null || n.CurrentState == stored) && (after == null || n.CorrelationId > after))
            .OrderBy(n => n.CorrelationId).Take(page.Size + 1).ToListAsync(cancellation), n => NeedView.Of(n, request.Caller.Organization), n => n.CorrelationId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a need, to the provider that accepted it, to its county and, when nobody was left for it, to the state.</summary>
    private static async Task<Results<Ok<NeedView>, ProblemHttpResult>> OneAsync(Guid id, Request request, CaseServicesDb db, State home, CancellationToken cancellation)
    {
        if (await db.Needs.Where(IsOf(request.Caller, home)).SingleOrDefaultAsync(n => n.CorrelationId == id, cancellation) is not { } need)
            return Problem.NotFound("need");
        request.Records(id, need.ReportId);
        return TypedResults.Ok(NeedView.Of(need, request.Caller.Organization));
    }

    private static Expression<Func<Need, bool>> IsOf(Caller caller, State home) => caller.Organization switch
    {
        { Kind: Organization.County } county => need => need.Responder == county,
        { Kind: Organization.Provider, Id: var provider } => need => need.AcceptedBy == provider,
        { Kind: Organization.State } when caller.May("handoffs.read") =>
            need => (need.CurrentState == nameof(NeedMachine.Unfilled) || need.StateTold) && home.CountyOrganizations.Contains(need.Responder),
        _ => need => false,
    };
}
