using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.Oversight;

/// <summary>A finding of unusual reading. It accuses nobody: a person looks.</summary>
/// <param name="UnusualReadingId">The finding.</param>
/// <param name="Organization">The reader's organization.</param>
/// <param name="Subject">Who it was there: the subject of the reader's token.</param>
/// <param name="Rule">What was unusual.</param>
/// <param name="Since">When the window began.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="ReportId">The report that was the last one.</param>
/// <param name="Reports">How many different reports within the window.</param>
/// <param name="Counties">How many different responding counties, the reader's own left out.</param>
public sealed record UnusualReadingView(Guid UnusualReadingId, Organization Organization, string Subject, [CodeOf(typeof(UnusualReadingRules))] string Rule,
    DateTimeOffset Since, DateTimeOffset FoundAt, Guid ReportId,
    int Reports, int Counties);

/// <summary><c>GET /v1/unusual-readings/{unusualReadingId}</c>, to which the notices of it lead: for the reader's organization and the state.</summary>
internal static class ReadUnusualReading
{
    public static void MapReadUnusualReading(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/unusual-readings/{unusualReadingId:guid}", GetAsync).RequireScope("audit.read").Records(LedgerActions.UnusualReadingRead).WithName("GetUnusualReading");

    /// <summary>Shows a finding of unusual reading to the reader's organization and to the state.</summary>
    private static async Task<Results<Ok<UnusualReadingView>, ProblemHttpResult>> GetAsync(Guid unusualReadingId, Request request, IntakeDb db, CancellationToken cancellation)
    {
        var (organization, isState) = (request.Caller.Organization, request.Caller.Organization.Kind == Organization.State);
        var found = await db.Set<UnusualReadingRow>().Where(r => r.UnusualReadingId == unusualReadingId && (isState || r.Organization == organization))
            .Select(r => new UnusualReadingView(r.UnusualReadingId, r.Organization, r.Subject, r.Rule, r.Since, r.FoundAt, r.ReportId, r.Reports, r.Counties))
            .SingleOrDefaultAsync(cancellation);
        if (found is null)
            return Problem.NotFound("finding of unusual reading");
        request.Records(unusualReadingId, found.ReportId);
        return TypedResults.Ok(found);
    }
}
