using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary><c>GET /v1/drills</c> and <c>GET /v1/drills/{drillId}</c>: a county's own drills, and to the state all.</summary>
internal static class ReadDrills
{
    private static readonly string[] States = [nameof(DrillMachine.Running), nameof(DrillMachine.Answered), nameof(DrillMachine.Unanswered)];

    private static readonly WorkList<Drill> List = new(nameof(Drill.DueAt), nameof(Drill.StartedAt), nameof(Drill.CorrelationId));

    public static void MapReadDrills(this IEndpointRouteBuilder routes)
    {
        var drills = routes.MapGroup("/v1/drills").RequireScope("handoffs.read", kinds: "county state").RecordsNothing("A drill is of nobody.");
        drills.MapGet("", ListAsync).WithName("ListDrills");
        drills.MapGet("/{drillId:guid}", OneAsync).WithName("GetDrill");
    }

    /// <summary>Lists drills: those that run, then the others, the newest first.</summary>
    /// <param name="state">Only those that stand so.</param>
    /// <param name="countyFips">Only this county's, five-digit FIPS.</param>
    private static async Task<Results<Ok<Page<DrillView>>, ProblemHttpResult>> ListAsync(Caller caller, CountyRoutingDb db, State home, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [StateOf(typeof(DrillMachine))] string? state, string? countyFips, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. States.Select(StateWord.Of)]);
        var after = WorkPosition.After(page, errors);
        CountyFips? county = null;
        if (countyFips is not null && !CountyFips.TryParse(countyFips, out county))
            errors.Add("countyFips", "unknown-county", CountyFips.Form);
        if (errors.Any)
            return errors.ToProblem();
        var rows = VisibleTo(caller.Organization, home, db);
        if (state is not null)
            rows = rows.Where(d => d.CurrentState == StateWord.NameOf(state));
        if (county is not null)
            rows = rows.Where(d => d.CountyFips == county);
        return TypedResults.Ok(page.Of(await List.ReadAsync(rows, work, after, page.Size + 1, cancellation), DrillView.Of, d => new WorkPosition(d.DueAt, d.StartedAt, d.CorrelationId).Key));
    }

    /// <summary>Shows a drill, and once it has ended how far it came.</summary>
    private static async Task<Results<Ok<DrillView>, ProblemHttpResult>> OneAsync(Guid drillId, Caller caller, CountyRoutingDb db, State home, CancellationToken cancellation) =>
        await VisibleTo(caller.Organization, home, db).SingleOrDefaultAsync(d => d.CorrelationId == drillId, cancellation) is { } drill
            ? TypedResults.Ok(DrillView.Of(drill)) : Problem.NotFound("drill");

    private static IQueryable<Drill> VisibleTo(Organization organization, State home, CountyRoutingDb db) =>
        organization == home.Organization ? db.Drills : db.Drills.Where(d => d.Organization == organization);
}
