using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item as the desk sees it.</summary>
public sealed record DeskItemView(Guid DeskItemId, Guid EncounterId, string State, string Reason, string? SuggestedCountyFips, string Urgency,
    DateTimeOffset OpenedAt, DateTimeOffset? AssignedAt, string? AssignedCountyFips)
{
    internal static DeskItemView Of(DeskItem i) => new(i.CorrelationId, i.EncounterId, i.CurrentState.ToUpperInvariant(), i.Reason, i.SuggestedCountyFips,
        i.Urgency, i.OpenedAt, i.AssignedAt, i.AssignedCountyFips);
}

/// <summary>What waits at the desk, the oldest first.</summary>
public sealed record DeskList(IReadOnlyList<DeskItemView> Items);

/// <summary>The county that a person at the desk has decided on.</summary>
/// <param name="CountyFips">Five digits.</param>
public sealed record DeskAssignment(string? CountyFips);

/// <summary><c>GET /v1/desk</c>, <c>GET /v1/desk/{id}</c> and <c>POST /v1/desk/{id}/assign</c>: the statewide desk decides what routing could not.</summary>
public static class DeskEndpoints
{
    private const int AtMost = 200;

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/desk", List).RequireDesk().WithName("ListDesk");
        routes.MapGet("/v1/desk/{id:guid}", One).RequireDesk().WithName("GetDeskItem");
        routes.MapPost("/v1/desk/{id:guid}/assign", Assign).RequireDesk().RequireDirectory().WithName("AssignDeskItem");
    }

    private static RouteHandlerBuilder RequireDesk(this RouteHandlerBuilder endpoint) => endpoint.RequireScope("desk.act", kinds: Escalation.State);

    private static async Task<IResult> List(Caller caller, CountyRoutingDb db, Store store, TimeProvider time, CancellationToken cancellation)
    {
        var waiting = await db.DeskItems.Where(i => i.CurrentState == nameof(DeskItemMachine.Waiting)).OrderBy(i => i.OpenedAt).Take(AtMost).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.DeskListed, time.GetUtcNow(), facts: new { count = waiting.Count }), cancellation);
        return TypedResults.Ok(new DeskList([.. waiting.Select(DeskItemView.Of)]));
    }

    private static async Task<IResult> One(Guid id, Caller caller, CountyRoutingDb db, Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.DeskItems.SingleOrDefaultAsync(i => i.CorrelationId == id, cancellation) is not { } item)
            return Problem.NotFound("desk item");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.DeskItemRead, time.GetUtcNow(), id), cancellation);
        return TypedResults.Ok(DeskItemView.Of(item));
    }

    private static async Task<IResult> Assign(Guid id, DeskAssignment body, Caller caller, SagaCommands<DeskItemMachine, DeskItem> desk, TimeProvider time,
        CancellationToken cancellation)
    {
        if (CountyMap.California.Find(body.CountyFips) is not { } county)
            return new ValidationErrors().Add("/countyFips", "unknown-county", "Give the five-digit FIPS of a county of California; GET /v1/counties lists them.").ToProblem();
        var (outcome, item) = await desk.RaiseAsync(id, m => m.Assign, new AssignDeskItem(Guid.Empty, id, county.Fips, caller.Subject), _ => true,
            _ => LedgerEntry.By(caller, LedgerActions.DeskAssigned, time.GetUtcNow(), id, facts: new { countyFips = county.Fips }), cancellation);
        return outcome switch
        {
            CommandOutcome.Done => TypedResults.Ok(DeskItemView.Of(item!)),
            CommandOutcome.NotAllowed when item!.AssignedCountyFips == county.Fips => TypedResults.Ok(DeskItemView.Of(item)),
            CommandOutcome.NotAllowed => Problem.Conflict("already-assigned", "Somebody has assigned this item to another county; that county's handoff now leads. Call it when it is wrong."),
            _ => Problem.NotFound("desk item"),
        };
    }
}
