using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>GET /v1/needs</c> and <c>GET /v1/needs/{needId}</c>: a provider sees the needs that it accepted, a county all of its own, the state those
/// of its counties that nobody was left for and those that it was told of because the county could not be.
/// </summary>
internal static class ReadNeeds
{
    private static readonly WorkList<Need> List = new(
        nameof(Need.DueAt), nameof(Need.OpenedAt), nameof(Need.CorrelationId), open: n => n.CurrentState != nameof(NeedMachine.Completed));

    public static void MapReadNeeds(this IEndpointRouteBuilder routes)
    {
        var needs = routes.MapGroup("/v1/needs").RequireScope("handoffs.read | offers.act", kinds: "provider county state");
        needs.MapGet("", ListAsync).Records(LedgerActions.NeedsListed).WithName("ListNeeds");
        needs.MapGet("/{needId:guid}", OneAsync).Records(LedgerActions.NeedRead).WithName("GetNeed");
    }

    /// <summary>Lists needs, what is due soonest first, then the newest: a provider those that it accepted, a county all of its own, the state those of its counties that nobody was left for.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    /// <param name="type">Only those of this type.</param>
    /// <param name="reportId">Only those of this report.</param>
    private static async Task<Results<Ok<Page<NeedView>>, ProblemHttpResult>> ListAsync(Request request, CaseServicesDb db, State home, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [StateOf(typeof(NeedMachine))] string? state, [CodeOf(typeof(Urgencies))] string? urgency, [CodeOf(typeof(NeedTypes))] string? type, Guid? reportId, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. NeedView.States.Keys]).Check("urgency", urgency, Urgencies.All).Check("type", type, NeedTypes.All);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        var needs = db.Needs.Where(IsOf(request.Caller, home));
        if (state is not null)
            needs = needs.Where(n => n.CurrentState == NeedView.States[state]);
        if (urgency is not null)
            needs = needs.Where(n => n.Urgency == urgency);
        if (type is not null)
            needs = needs.Where(n => n.Type == type);
        if (reportId is not null)
            needs = needs.Where(n => n.ReportId == reportId);
        var found = page.Of(await List.ReadAsync(needs, work, after, page.Size + 1, cancellation), n => NeedView.Of(n, request.Caller.Organization),
            n => new WorkPosition(n.DueAt, n.OpenedAt, n.CorrelationId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a need, to the provider that accepted it, to its county and, when nobody was left for it, to the state.</summary>
    private static async Task<Results<Ok<NeedView>, ProblemHttpResult>> OneAsync(Guid needId, Request request, CaseServicesDb db, State home, CancellationToken cancellation)
    {
        if (await db.Needs.Where(IsOf(request.Caller, home)).SingleOrDefaultAsync(n => n.CorrelationId == needId, cancellation) is not { } need)
            return Problem.NotFound("need");
        request.Records(needId, need.ReportId);
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
