using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A page of handoffs, the oldest first.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">Give it back as <c>after</c> for the next page; null at the end.</param>
public sealed record HandoffPage(IReadOnlyList<HandoffView> Items, Guid? Next);

/// <summary><c>GET /v1/handoffs</c> and <c>GET /v1/handoffs/{id}</c>: a county's own handoffs; for the statewide desk, those that silence has escalated.</summary>
public static class ReadHandoffs
{
    private static readonly string[] States =
        [nameof(HandoffMachine.Open), nameof(HandoffMachine.Notified), nameof(HandoffMachine.Acknowledged), nameof(HandoffMachine.Accepted)];

    public static void MapReadHandoffs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/handoffs", List).RequireScope("handoffs.read", kinds: $"county {Escalation.State}").WithName("ListHandoffs");
        routes.MapGet("/v1/handoffs/{id:guid}", One).RequireScope("handoffs.read", kinds: $"county {Escalation.State}").WithName("GetHandoff");
    }

    private static async Task<IResult> List(Caller caller, CountyRoutingDb db, Store store, TimeProvider time, CancellationToken cancellation, string? state = null, Guid? after = null, int limit = 50)
    {
        var visible = VisibleTo(caller.Organization, db);
        var name = States.FirstOrDefault(s => s.Equals(state, StringComparison.OrdinalIgnoreCase));
        var errors = new ValidationErrors();
        if (limit is < 1 or > 200)
            errors.AddParameter("limit", "out-of-range", "Ask for 1 to 200 handoffs.");
        if (state is not (null or "") && name is null)
            errors.AddParameter("state", "unknown-state", $"Give one of {string.Join(", ", States.Select(s => s.ToUpperInvariant()))}, or leave it out.");
        var last = after is null ? null
            : await visible.Where(h => h.CorrelationId == after).Select(h => new { h.OpenedAt, h.CorrelationId }).SingleOrDefaultAsync(cancellation);
        if (after is not null && last is null)
            errors.AddParameter("after", "unknown-handoff", "Give what an earlier page of yours gave as 'next', or leave it out for the first page.");
        if (errors.Any)
            return errors.ToProblem();

        var rows = name is null ? visible : visible.Where(h => h.CurrentState == name);
        if (last is not null)
            rows = rows.Where(h => h.OpenedAt > last.OpenedAt || (h.OpenedAt == last.OpenedAt && h.CorrelationId > last.CorrelationId));
        var items = await rows.OrderBy(h => h.OpenedAt).ThenBy(h => h.CorrelationId).Take(limit).Select(HandoffView.Projection).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.HandoffsListed, time.GetUtcNow(), facts: new { count = items.Count }), cancellation);
        return TypedResults.Ok(new HandoffPage(items, items.Count == limit ? items[^1].HandoffId : null));
    }

    private static async Task<IResult> One(Guid id, Caller caller, CountyRoutingDb db, Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (await VisibleTo(caller.Organization, db).Where(h => h.CorrelationId == id).Select(HandoffView.Projection).SingleOrDefaultAsync(cancellation) is not { } handoff)
            return Problem.NotFound("handoff");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.HandoffRead, time.GetUtcNow(), id, handoff.ReportId), cancellation);
        return TypedResults.Ok(handoff);
    }

    private static IQueryable<Handoff> VisibleTo(Organization organization, CountyRoutingDb db) => organization switch
    {
        { Kind: Organization.County } => db.Handoffs.Where(h => h.CountyFips == organization.Id),
        { Text: Escalation.State } => db.Handoffs.Where(h => h.EscalationStep > 0),
        _ => db.Handoffs.Where(h => false),
    };
}
