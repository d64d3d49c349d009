using System.ComponentModel.DataAnnotations;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary><c>POST /v1/counties/{countyFips}/drills</c>: a county is drilled, by itself or by the state.</summary>
internal static class StartDrill
{
    /// <summary>How a county is drilled.</summary>
    /// <param name="WithinMinutes">Within what time somebody there is to accept; left out, 60 minutes, which are ours.</param>
    public sealed record NewDrill([Range(DailyDrill.Shortest, DailyDrill.Longest)] int? WithinMinutes = null);

    public static void MapStartDrill(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/counties/{countyFips}/drills", PostAsync)
        .RequireScope("directory.write", kinds: "county state").Records(LedgerActions.DrillStarted).Idempotent().Checks<NewDrill>(Check).WithName("StartDrill");

    private static ValidationErrors Check(NewDrill body, HttpContext http) => body.WithinMinutes is < DailyDrill.Shortest or > DailyDrill.Longest
        ? new ValidationErrors().Add("/withinMinutes", "out-of-range", $"Give {DailyDrill.Shortest} to {DailyDrill.Longest} minutes, or leave it out for {DailyDrill.Default}.")
        : new();

    /// <summary>Starts a drill: a report of nobody, which says so wherever it is shown, goes the way of a report to the county's people. Somebody there is to accept it in time; when nobody does, the county and the state are told.</summary>
    /// <param name="countyFips">The county, five-digit FIPS.</param>
    private static async Task<Results<Created<DrillView>, ProblemHttpResult>> PostAsync(string countyFips, NewDrill body, Request request, CountyMap map, TimeProvider time,
        CancellationToken cancellation)
    {
        var starter = request.Caller.Organization;
        if (!CountyFips.TryParse(countyFips, out var named) || map.Find(named) is not { } county || starter != county.Organization && starter != map.State.Organization)
            return Problem.NotFound("county");
        var now = time.GetUtcNow();
        var drill = request.Unit.StartDrill(Guid.CreateVersion7(now), county, body.WithinMinutes ?? DailyDrill.Default, starter, now);
        request.Records(drill.CorrelationId, facts: new { county = county.Fips, endsAt = drill.EndsAt });
        var answer = TypedResults.Created($"/v1/drills/{drill.CorrelationId}", DrillView.Of(drill));
        return await request.CommitAsync(answer, cancellation) is null ? answer : Problem.StillRunning();
    }
}
