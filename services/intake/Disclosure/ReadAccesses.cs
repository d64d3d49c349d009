using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>One read of a report: an entry of the ledger, by its number.</summary>
public sealed record DisclosedAccess(string AccessId, DateTimeOffset At, string Organization, string Subject, string Tier, Guid GrantId, bool ReporterIdentity,
    string? Purpose);

/// <summary>Who has read a report.</summary>
/// <param name="Accesses">In the order in which they were written.</param>
/// <param name="Next">Cursor to the following ones; null at the end.</param>
public sealed record AccessPage(IReadOnlyList<DisclosedAccess> Accesses, string? Next);

/// <summary><c>GET /v1/reports/{reportId}/accesses?after=&amp;limit=</c>: the reporting agency sees who has read what it reported.</summary>
public static class ReadAccesses
{
    public static async Task<Results<Ok<AccessPage>, ProblemHttpResult>> GetAsync(Guid reportId, long? after, int? limit, Caller caller, IntakeDb db,
        Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (limit is < 1 or > 200)
            return new ValidationErrors().AddParameter("limit", "out-of-range", "A page has 1 to 200 entries, 50 when nothing is said.").ToProblem();
        var size = limit ?? 50;
        var own = await db.Reports.AnyAsync(r => r.ReportId == reportId
            && db.Encounters.Any(e => e.EncounterId == r.EncounterId && e.AgencyOri == caller.Organization.Id), cancellation);
        if (!own)
            return Problem.NotFound("report");
        var page = await db.Ledger.Where(e => e.ReportId == reportId && e.Action == LedgerActions.ReportRead && (after == null || e.EntryId > after))
            .OrderBy(e => e.EntryId).Take(size + 1)
            .Select(e => new DisclosedAccess(e.EntryId.ToString(), e.At, e.Organization!, e.Subject!, e.Tier!, e.GrantId!.Value, e.ReporterIdentity, e.Purpose))
            .ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.AccessesRead, time.GetUtcNow(), report: reportId, facts: new { count = Math.Min(page.Count, size) }), cancellation);
        return TypedResults.Ok(new AccessPage([.. page.Take(size)], page.Count > size ? page[size - 1].AccessId : null));
    }
}
