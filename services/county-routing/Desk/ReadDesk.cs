using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary><c>GET /v1/desk</c> and <c>GET /v1/desk/{id}</c>: what waits at the statewide desk, the oldest first; an item also when it was assigned.</summary>
internal static class ReadDesk
{
    public static void MapReadDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/v1/desk").RequireScope("desk.act", kinds: Organization.State);
        desk.MapGet("", ListAsync).Records(LedgerActions.DeskListed).WithName("ListDesk");
        desk.MapGet("/{id:guid}", OneAsync).Records(LedgerActions.DeskItemRead).WithName("GetDeskItem");
    }

    /// <summary>Lists what waits at the statewide desk, the oldest first.</summary>
    private static async Task<Results<Ok<Page<DeskItemView>>, ProblemHttpResult>> ListAsync(Request request, CountyRoutingDb db, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<DateTimeOffset, Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var waiting = db.DeskItems.Where(i => i.CurrentState == nameof(DeskItemMachine.Waiting));
        if (after is var (at, id))
            waiting = waiting.Where(i => i.OpenedAt > at || (i.OpenedAt == at && i.CorrelationId > id));
        var found = page.Of(await waiting.OrderBy(i => i.OpenedAt).ThenBy(i => i.CorrelationId).Take(page.Size + 1).ToListAsync(cancellation),
            DeskItemView.Of, i => i.OpenedAt, i => i.CorrelationId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows an item of the desk, also when it was decided.</summary>
    private static async Task<Results<Ok<DeskItemView>, ProblemHttpResult>> OneAsync(Guid id, Request request, CountyRoutingDb db, CancellationToken cancellation)
    {
        if (await db.DeskItems.SingleOrDefaultAsync(i => i.CorrelationId == id, cancellation) is not { } item)
            return Problem.NotFound("desk item");
        request.Records(id);
        return TypedResults.Ok(DeskItemView.Of(item));
    }
}
