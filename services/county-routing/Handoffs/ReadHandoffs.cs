using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary><c>GET /v1/handoffs</c> and <c>GET /v1/handoffs/{id}</c>: a county's own handoffs; for the statewide desk, those of its counties that silence has escalated.</summary>
public static class ReadHandoffs
{
    private static readonly string[] States =
        [nameof(HandoffMachine.Open), nameof(HandoffMachine.Notified), nameof(HandoffMachine.Acknowledged), nameof(HandoffMachine.Accepted),
        nameof(HandoffMachine.Withdrawn)];

    public static void MapReadHandoffs(this IEndpointRouteBuilder routes)
    {
        var handoffs = routes.MapGroup("/v1/handoffs").RequireScope("handoffs.read", kinds: "county state");
        handoffs.MapGet("", ListAsync).Records(LedgerActions.HandoffsListed).WithName("ListHandoffs");
        handoffs.MapGet("/{id:guid}", OneAsync).Records(LedgerActions.HandoffRead).WithName("GetHandoff");
    }

    /// <summary>Lists handoffs, the oldest first: a county its own, the state those of its counties that silence has escalated.</summary>
    /// <param name="state">Only those in this state.</param>
    private static async Task<Results<Ok<Page<HandoffView>>, ProblemHttpResult>> ListAsync(Request request, CountyRoutingDb db, State home, LawRegister law, [AsParameters] PageQuery page, [StateOf(typeof(HandoffMachine))] string? state,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<DateTimeOffset, Guid>(errors);
        var name = States.FirstOrDefault(s => StateWord.Of(s) == state);
        if (state is not null && name is null)
            errors.AddUnknownValue("state", state, States.Select(StateWord.Of));
        if (errors.Any)
            return errors.ToProblem();
        var rows = VisibleTo(request.Caller.Organization, home, db).Where(h => name == null || h.CurrentState == name);
        if (after is var (at, id))
            rows = rows.Where(h => h.OpenedAt > at || (h.OpenedAt == at && h.CorrelationId > id));
        var found = page.Of(await rows.OrderBy(h => h.OpenedAt).ThenBy(h => h.CorrelationId).Take(page.Size + 1).Select(HandoffView.Projection).ToListAsync(cancellation),
            h => h.Citing(law), h => h.OpenedAt, h => h.HandoffId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a handoff, to its recipient and, once it was escalated, to the state.</summary>
    private static async Task<Results<Ok<HandoffView>, ProblemHttpResult>> OneAsync(Guid id, Request request, CountyRoutingDb db, State home, LawRegister law, CancellationToken cancellation)
    {
        if (await VisibleTo(request.Caller.Organization, home, db).Where(h => h.CorrelationId == id).Select(HandoffView.Projection).SingleOrDefaultAsync(cancellation) is not { } handoff)
            return Problem.NotFound("handoff");
        request.Records(id, handoff.ReportId);
        return TypedResults.Ok(handoff.Citing(law));
    }

    private static IQueryable<Handoff> VisibleTo(Organization organization, State home, CountyRoutingDb db) => organization switch
    {
        { Kind: Organization.State } => db.Handoffs.Where(h => h.EscalationStep > 0 && home.CountyOrganizations.Contains(h.Organization)),
        var recipient => db.Handoffs.Where(h => h.Organization == recipient),
    };
}
