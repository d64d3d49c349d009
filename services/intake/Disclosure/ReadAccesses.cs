using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>One read of a report: an entry of the ledger, by its number.</summary>
public sealed record DisclosedAccess(string AccessId, DateTimeOffset At, string Organization, string Subject, string Tier, Guid GrantId, bool ReporterIdentity,
    string? Purpose);

/// <summary><c>GET /v1/reports/{reportId}/accesses?after=&amp;limit=</c>: the reporting agency sees who has read what it reported.</summary>
internal static class ReadAccesses
{
    public static void MapReadAccesses(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{reportId:guid}/accesses", GetAsync)
        .RequireScope("encounters.read", kinds: "le").Records(LedgerActions.AccessesRead);

    private static async Task<Results<Ok<Page<DisclosedAccess>>, ProblemHttpResult>> GetAsync(Guid reportId, Request request, IntakeDb db, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var agency = request.Caller.Organization.Id;
        var own = await db.Reports.AnyAsync(r => r.ReportId == reportId
            && db.Encounters.Any(e => e.EncounterId == r.EncounterId && e.AgencyOri == agency), cancellation);
        if (!own)
            return Problem.NotFound("report");
        var found = page.Of(await db.Ledger.Where(e => e.ReportId == reportId && e.Action == LedgerActions.ReportRead && (after == null || e.EntryId > after))
            .OrderBy(e => e.EntryId).Take(page.Size + 1).ToListAsync(cancellation),
            e => new DisclosedAccess(e.EntryId.ToString(CultureInfo.InvariantCulture), e.At, e.Organization!, e.Subject!, e.Tier!, e.GrantId!.Value, e.ReporterIdentity, e.Purpose),
            e => e.EntryId);
        request.Records(report: reportId, facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }
}
