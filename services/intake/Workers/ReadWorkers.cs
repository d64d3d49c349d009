using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.Workers;

/// <summary>Who has the case.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Workers">Of each county that has named one the worker that it named last, the newest first; none while no county has.</param>
public sealed record WorkersView(Guid ReportId, IReadOnlyList<AssignedWorker> Workers);

/// <summary><c>GET /v1/reports/{reportId}/worker</c>: whom the agency that reported, and whoever has a live grant, asks about the child.</summary>
internal static class ReadWorkers
{
    public static void MapReadWorkers(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{reportId:guid}/worker", GetAsync)
        .RequireScope("encounters.read | reports.read", kinds: "le county provider").Records(LedgerActions.WorkersRead)
        .Problems(StatusCodes.Status410Gone, "report-destroyed").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("GetWorkers");

    /// <summary>Says which workers have the case: to the agency that reported it, and to a county or provider with a live grant.</summary>
    private static async Task<Results<Ok<WorkersView>, ProblemHttpResult>> GetAsync(Guid reportId, Request request, IntakeDb db, AwaitedGrants awaited, ReportKeys reportKeys, TimeProvider time, CancellationToken cancellation)
    {
        var organization = request.Caller.Organization;
        var found = await awaited.FindAsync(reportId, organization, () =>
        {
            var now = time.GetUtcNow();
            return db.Reports.Where(r => r.ReportId == reportId && ("le:" + r.AgencyOri == organization.Text
                    || db.Grants.Any(g => g.ReportId == reportId && g.Organization == organization && g.ExpiresAt > now && g.Tier != Tiers.Desk)))
                .Select(r => new { Workers = db.Workers.Where(w => w.ReportId == reportId).ToList() }).SingleOrDefaultAsync(cancellation);
        }, cancellation);
        if (found is null)
            return Problem.NotFound("report");
        using var keys = await reportKeys.OpenAsync([.. Worker.LatestOf(found.Workers).Select(w => w.KeyId)], cancellation);
        if (found.Workers.Any(w => keys.FindDestroyed(w.KeyId) is not null))
            return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this report were destroyed, and the names of its workers with them. GET /v1/reports/{reportId}/destruction proves it.");
        request.Records(report: reportId);
        return TypedResults.Ok(new WorkersView(reportId, AssignedWorker.Of(found.Workers, keys, organization.Kind != Organization.Provider)));
    }
}
