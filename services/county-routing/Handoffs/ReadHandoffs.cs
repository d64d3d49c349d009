using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A page of handoffs, the oldest first.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">Give it back as <c>after</c> for the next page; null at the end.</param>
public sealed record HandoffPage(IReadOnlyList<HandoffView> Items, Guid? Next);

/// <summary><c>GET /v1/handoffs</c> and <c>GET /v1/handoffs/{id}</c>: a county's own handoffs.</summary>
public static class ReadHandoffs
{
    public static void MapReadHandoffs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/handoffs", List).RequireScope("handoffs.read", kinds: "county").WithName("ListHandoffs");
        routes.MapGet("/v1/handoffs/{id:guid}", One).RequireScope("handoffs.read", kinds: "county").WithName("GetHandoff");
    }

    private static async Task<IResult> List(Caller caller, CountyRoutingDb db, CancellationToken cancellation, string? state = null, Guid? after = null, int limit = 50)
    {
        if (limit is < 1 or > 200)
            return new ValidationErrors().AddParameter("limit", "out-of-range", "Ask for 1 to 200 handoffs.").ToProblem();
        var own = db.Handoffs.Where(h => h.CountyFips == caller.Organisation.Id);
        var rows = state is null or "" ? own : own.Where(h => h.CurrentState == char.ToUpperInvariant(state[0]) + state.Substring(1).ToLowerInvariant());
        if (after is { } id && await own.Where(h => h.CorrelationId == id).Select(h => (DateTimeOffset?)h.OpenedAt).SingleOrDefaultAsync(cancellation) is { } openedAt)
            rows = rows.Where(h => h.OpenedAt > openedAt || (h.OpenedAt == openedAt && h.CorrelationId > id));
        var items = await rows.OrderBy(h => h.OpenedAt).ThenBy(h => h.CorrelationId).Take(limit).Select(HandoffView.Projection).ToListAsync(cancellation);
        return TypedResults.Ok(new HandoffPage(items, items.Count == limit ? items[^1].HandoffId : null));
    }

    private static async Task<IResult> One(Guid id, Caller caller, CountyRoutingDb db, CancellationToken cancellation) =>
        await db.Handoffs.Where(h => h.CorrelationId == id && h.CountyFips == caller.Organisation.Id)
            .Select(HandoffView.Projection).SingleOrDefaultAsync(cancellation) is { } handoff
            ? TypedResults.Ok(handoff)
            : Problem.NotFound("handoff");
}
