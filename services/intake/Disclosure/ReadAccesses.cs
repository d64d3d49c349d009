using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>One line of the access ledger.</summary>
public sealed record DisclosedAccess(Guid AccessId, DateTimeOffset At, string Organisation, string Subject, string Tier, Guid GrantId, bool ReporterIdentity,
    string? Purpose);

/// <summary>Who has read a report.</summary>
/// <param name="Accesses">In the order in which they were written.</param>
/// <param name="Next">Cursor to the following ones; null at the end.</param>
public sealed record AccessPage(IReadOnlyList<DisclosedAccess> Accesses, Guid? Next);

/// <summary><c>GET /v1/reports/{reportId}/accesses?after=&amp;limit=</c>: the reporting agency sees who has read what it reported.</summary>
public static class ReadAccesses
{
    public static async Task<Results<Ok<AccessPage>, ProblemHttpResult>> GetAsync(Guid reportId, Guid? after, int? limit, Caller caller, IntakeDb db,
        CancellationToken cancellation)
    {
        if (limit is < 1 or > 200)
            return new ValidationErrors().AddParameter("limit", "out-of-range", "A page has 1 to 200 entries, 50 when nothing is said.").ToProblem();
        var size = limit ?? 50;
        var own = await db.Reports.AnyAsync(r => r.ReportId == reportId
            && db.Encounters.Any(e => e.EncounterId == r.EncounterId && e.AgencyOri == caller.Organisation.Id), cancellation);
        if (!own)
            return Problem.NotFound("report");
        var page = await db.Accesses.Where(a => a.ReportId == reportId && (after == null || a.AccessId > after)).OrderBy(a => a.AccessId).Take(size + 1)
            .Select(a => new DisclosedAccess(a.AccessId, a.At, a.Organisation, a.Subject, a.Tier, a.GrantId, a.ReporterIdentity, a.Purpose))
            .ToListAsync(cancellation);
        return TypedResults.Ok(new AccessPage([.. page.Take(size)], page.Count > size ? page[size - 1].AccessId : null));
    }
}
