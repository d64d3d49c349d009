using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary><c>GET /v1/desk</c> and <c>GET /v1/desk/{deskItemId}</c>: what waits at the statewide desk, and what was decided there.</summary>
internal static class ReadDesk
{
    private static readonly string[] States = [nameof(DeskItemMachine.Waiting), nameof(DeskItemMachine.Assigned), nameof(DeskItemMachine.Taken)];

    private static readonly WorkList<DeskItem> List = new(
        open: i => i.CurrentState == nameof(DeskItemMachine.Waiting), nameof(DeskItem.DueAt), nameof(DeskItem.OpenedAt), nameof(DeskItem.CorrelationId));

    public static void MapReadDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/v1/desk").RequireScope("desk.act", kinds: Organization.State);
        desk.MapGet("", ListAsync).Records(LedgerActions.DeskListed).WithName("ListDesk");
        desk.MapGet("/{deskItemId:guid}", OneAsync).Records(LedgerActions.DeskItemRead).WithName("GetDeskItem");
    }

    /// <summary>Lists the items of the statewide desk, what is due soonest first; what was decided comes last, the newest first.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    private static async Task<Results<Ok<Page<DeskItemView>>, ProblemHttpResult>> ListAsync(Request request, CountyRoutingDb db, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [StateOf(typeof(DeskItemMachine))] string? state, [CodeOf(typeof(Urgencies))] string? urgency, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. States.Select(StateWord.Of)]).Check("urgency", urgency, Urgencies.All);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        IQueryable<DeskItem> items = db.DeskItems;
        if (state is not null)
            items = items.Where(i => i.CurrentState == StateWord.NameOf(state));
        if (urgency is not null)
            items = items.Where(i => i.Urgency == urgency);
        var found = page.Of(await List.Of(items, work, after).Take(page.Size + 1).ToListAsync(cancellation), DeskItemView.Of,
            i => new WorkPosition(i.DueAt, i.OpenedAt, i.CorrelationId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows an item of the desk, also when it was decided.</summary>
    private static async Task<Results<Ok<DeskItemView>, ProblemHttpResult>> OneAsync(Guid deskItemId, Request request, CountyRoutingDb db, CancellationToken cancellation)
    {
        if (await db.DeskItems.SingleOrDefaultAsync(i => i.CorrelationId == deskItemId, cancellation) is not { } item)
            return Problem.NotFound("desk item");
        request.Records(deskItemId);
        return TypedResults.Ok(DeskItemView.Of(item));
    }
}
