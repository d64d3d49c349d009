using SafeHarbor.Intake.Disclosure;

namespace SafeHarbor.Intake.Whereabouts;

/// <summary>With whom a child is, and was.</summary>
/// <param name="ReportId">The report of the child.</param>
/// <param name="Latest">The newest: it counts.</param>
/// <param name="History">All that was told, in the order in which it was.</param>
public sealed record WhereaboutsView(Guid ReportId, ToldWhereabouts Latest, IReadOnlyList<ToldWhereabouts> History);

/// <summary><c>GET /v1/reports/{reportId}/whereabouts</c>, to which the notice that a child has gone leads: for the reporting agency and whoever has a live grant.</summary>
internal static class ReadWhereabouts
{
    public static void MapReadWhereabouts(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{reportId:guid}/whereabouts", GetAsync)
        .RequireScope("encounters.read | reports.read", kinds: "le county provider").Records(LedgerActions.WhereaboutsRead).WithName("GetWhereabouts");

    /// <summary>Says with whom a child is, and was: to the agency that reported it, and to a county or provider with a live grant.</summary>
    private static async Task<Results<Ok<WhereaboutsView>, ProblemHttpResult>> GetAsync(Guid reportId, Request request, UnitStore store, AwaitedGrants awaited, CancellationToken cancellation)
    {
        if (await KnownWhereabouts.FindAsync(store, awaited, reportId, request.Caller, cancellation) is not { } known)
            return Problem.NotFound("report");
        request.Records(report: reportId);
        return TypedResults.Ok(known.View(reportId));
    }
}
