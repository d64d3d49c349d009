using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>One read of a report: an entry of the ledger, by its number.</summary>
/// <param name="AccessId">Number of the ledger's entry.</param>
/// <param name="At">When.</param>
/// <param name="Organization">Who read, such as <c>county:06037</c>.</param>
/// <param name="Subject">Who it was there: the subject of the token.</param>
/// <param name="Tier">How much of the report.</param>
/// <param name="GrantId">Under which grant.</param>
/// <param name="ReporterIdentity">Whether the reporter's identity was shown.</param>
/// <param name="Purpose">The purpose that was stated; null when none was.</param>
public sealed record DisclosedAccess(string AccessId, DateTimeOffset At, string Organization, string Subject, [CodeOf(typeof(Tiers))] string Tier, Guid GrantId, bool ReporterIdentity,
    string? Purpose);

/// <summary><c>GET /v1/reports/{reportId}/accesses?after=&amp;limit=</c>: the reporting agency sees who has read what it reported.</summary>
internal static class ReadAccesses
{
    public static void MapReadAccesses(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{reportId:guid}/accesses", GetAsync)
        .RequireScope("encounters.read", kinds: "le").Records(LedgerActions.AccessesRead).WithName("ListAccesses");

    /// <summary>Lists who has read a report, for the agency that reported it.</summary>
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
