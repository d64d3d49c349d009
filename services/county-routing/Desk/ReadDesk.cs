using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary><c>GET /v1/desk</c> and <c>GET /v1/desk/{deskItemId}</c>: what waits at the statewide desk, and what was decided there.</summary>
internal static class ReadDesk
{
    private static readonly string[] States = [nameof(DeskItemMachine.Waiting), nameof(DeskItemMachine.Assigned), nameof(DeskItemMachine.Taken)];

    private static readonly WorkList<DeskItem> List = new(nameof(DeskItem.DueAt), nameof(DeskItem.OpenedAt), nameof(DeskItem.CorrelationId));

    public static void MapReadDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/v1/desk").RequireScope("desk.act", kinds: Organization.State);
        desk.MapGet("", ListAsync).RequirePacks().Records(LedgerActions.DeskListed).WithName("ListDesk");
        desk.MapGet("/{deskItemId:guid}", OneAsync).RequirePacks().Records(LedgerActions.DeskItemRead).WithName("GetDeskItem");
    }

    /// <summary>Lists the items of the statewide desk, what is due soonest first; what was decided comes last, the newest first.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    private static async Task<Results<Ok<Page<DeskItemView>>, ProblemHttpResult>> ListAsync(Request request, CountyRoutingDb db, DeskBriefing briefing, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
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
        var rows = await List.ReadAsync(items, work, after, page.Size + 1, cancellation);
        var routed = await RoutedAsync(db, [.. rows.Select(i => i.EncounterId)], cancellation);
        var found = page.Of(rows, i => View(i, briefing, routed),
            i => new WorkPosition(i.DueAt, i.OpenedAt, i.CorrelationId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows an item of the desk, also when it was decided.</summary>
    private static async Task<Results<Ok<DeskItemView>, ProblemHttpResult>> OneAsync(Guid deskItemId, Request request, CountyRoutingDb db, DeskBriefing briefing, CancellationToken cancellation)
    {
        if (await db.DeskItems.SingleOrDefaultAsync(i => i.CorrelationId == deskItemId, cancellation) is not { } item)
            return Problem.NotFound("desk item");
        request.Records(deskItemId);
        return TypedResults.Ok(View(item, briefing, await RoutedAsync(db, [item.EncounterId], cancellation)));
    }

    private static DeskItemView View(DeskItem item, DeskBriefing briefing, Dictionary<Guid, JurisdictionDecision> routed) =>
        DeskItemView.Of(item) with { Grounds = briefing.Of(item, routed.GetValueOrDefault(item.EncounterId)) };

    /// <summary>Routing's decision about each encounter, as far as the desk may see it (Storage/0103_jurisdiction_decisions.sql).</summary>
    private static Task<Dictionary<Guid, JurisdictionDecision>> RoutedAsync(CountyRoutingDb db, IReadOnlyList<Guid> encounters, CancellationToken cancellation) =>
        db.JurisdictionDecisions.AsNoTracking().Where(d => encounters.Contains(d.EncounterId) && d.DecidedBy == Deciders.Routing).ToDictionaryAsync(d => d.EncounterId, cancellation);
}
