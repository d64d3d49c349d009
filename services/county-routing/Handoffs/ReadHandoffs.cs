using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary><c>GET /v1/handoffs</c> and <c>GET /v1/handoffs/{handoffId}</c>: an organization's own handoffs; for the statewide desk, those of its counties, and of whom their packs list, that silence has escalated.</summary>
public static class ReadHandoffs
{
    private static readonly string[] States =
        [nameof(HandoffMachine.Open), nameof(HandoffMachine.Notified), nameof(HandoffMachine.Acknowledged), nameof(HandoffMachine.Accepted),
        nameof(HandoffMachine.Withdrawn), nameof(HandoffMachine.Referring), nameof(HandoffMachine.ReferredOn), nameof(HandoffMachine.ResponseDetermined), nameof(HandoffMachine.Closed)];

    // Who only has to know has acknowledged, and is not waited for any more.
    private static readonly WorkList<Handoff> List = new(nameof(Handoff.DueAt), nameof(Handoff.OpenedAt), nameof(Handoff.CorrelationId), open: h => h.CurrentState == nameof(HandoffMachine.Acknowledged));

    public static void MapReadHandoffs(this IEndpointRouteBuilder routes)
    {
        var handoffs = routes.MapGroup("/v1/handoffs").RequireScope("handoffs.read", kinds: $"{Handoff.Recipients} state");
        handoffs.MapGet("", ListAsync).Records(LedgerActions.HandoffsListed).WithName("ListHandoffs");
        handoffs.MapGet("/{handoffId:guid}", OneAsync).Records(LedgerActions.HandoffRead).WithName("GetHandoff");
    }

    /// <summary>Lists handoffs, what is due soonest first, then the newest: an organization its own, the state those of its counties, and of whom their packs list, that silence has escalated.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    /// <param name="role">Only those in this role.</param>
    /// <param name="reportId">Only those of this report.</param>
    private static async Task<Results<Ok<Page<HandoffView>>, ProblemHttpResult>> ListAsync(Request request, CountyRoutingDb db, State home, LawRegister law, [AsParameters] PageQuery page,
        [AsParameters] WorkQuery work, [StateOf(typeof(HandoffMachine))] string? state, [CodeOf(typeof(Urgencies))] string? urgency, [CodeOf(typeof(Role))] string? role, Guid? reportId,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. States.Select(StateWord.Of)]).Check("urgency", urgency, Urgencies.All).Check("role", role, Roles.All);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        var caller = request.Caller.Organization;
        var rows = VisibleTo(caller, home, db);
        if (state is not null)
            rows = rows.Where(h => h.CurrentState == StateWord.NameOf(state));
        if (urgency is not null)
            rows = rows.Where(h => h.Urgency == urgency);
        if (role is not null)
            rows = rows.Where(h => h.Role == Roles.Parse(role));
        if (reportId is { } report)
            rows = caller.Kind == Organization.State ? rows.Where(h => h.ReportId == report) : rows.Where(h => h.CorrelationId == HandoffIds.Handoff(report, caller) && h.ReportId == report);
        var found = page.Of(CanHave(caller, role) ? await List.ReadAsync(rows, work, after, page.Size + 1, HandoffView.Projection, cancellation) : [], h => h.Citing(law),
            h => new WorkPosition(h.DueAt, h.OpenedAt, h.HandoffId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a handoff, to its recipient and, once it was escalated, to the state.</summary>
    private static async Task<Results<Ok<HandoffView>, ProblemHttpResult>> OneAsync(Guid handoffId, Request request, CountyRoutingDb db, State home, LawRegister law, CancellationToken cancellation)
    {
        if (await VisibleTo(request.Caller.Organization, home, db).Where(h => h.CorrelationId == handoffId).Select(HandoffView.Projection).SingleOrDefaultAsync(cancellation) is not { } handoff)
            return await VisibleTo(request.Caller.Organization, home, db).IgnoreQueryFilters().SingleOrDefaultAsync(h => h.CorrelationId == handoffId, cancellation) is { } elsewhere
                ? Problem.KeptElsewhere(await request.WhereaboutsAsync("handoff", elsewhere, cancellation)) : Problem.NotFound("handoff");
        request.Records(handoffId, handoff.ReportId);
        return TypedResults.Ok(handoff.Citing(law));
    }

    // A county's are in a county's roles and those of others in the other ones. What cannot be there is not looked for, which would read all.
    private static bool CanHave(Organization caller, string? role) =>
        role is null || caller.Kind == Organization.State || Roles.Parse(role).IsCountyRole() == (caller.Kind == Organization.County);

    private static IQueryable<Handoff> VisibleTo(Organization organization, State home, CountyRoutingDb db) => organization switch
    {
        { Kind: Organization.State } => db.Handoffs.Where(h => h.EscalationStep > 0
            && (home.CountyOrganizations.Contains(h.Organization) || h.ListedBy != null && home.CountyOrganizations.Contains(h.ListedBy))),
        var recipient => db.Handoffs.Where(h => h.Organization == recipient),
    };
}
