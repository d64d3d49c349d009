using System.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>
/// <c>GET /v1/reports/{reportId}</c>: the details, as far as a live grant of the caller's organisation allows. The read is on the access ledger
/// before it is answered.
/// </summary>
public static class ReadReport
{
    public static void MapDisclosure(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/reports/{reportId:guid}", GetAsync).RequireScope("reports.read");
        routes.MapGet("/v1/reports/{reportId:guid}/accesses", ReadAccesses.GetAsync).RequireScope("encounters.read", kinds: "le");
    }

    private static async Task<Results<Ok<DisclosedReport>, ProblemHttpResult>> GetAsync(Guid reportId, [FromHeader(Name = "Purpose")] string? purpose,
        Caller caller, IntakeDb db, ReportKeys reportKeys, TimeProvider time, HttpResponse response, CancellationToken cancellation)
    {
        if (purpose is { Length: > 200 } || purpose?.Any(c => c is < ' ' or > '~') == true)
            return new ValidationErrors().AddParameter("Purpose", "wrong-form", "State the purpose in at most 200 printable ASCII characters, or leave it out.").ToProblem();

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        var grant = await db.Grants
            .Where(g => g.ReportId == reportId && g.Organisation == caller.Organisation.Text && g.ExpiresAt > now)
            .OrderByDescending(g => g.Tier == Tiers.County).ThenByDescending(g => g.ExpiresAt)
            .FirstOrDefaultAsync(cancellation);
        var report = grant is null ? null : await db.Reports.SingleOrDefaultAsync(r => r.ReportId == reportId, cancellation);
        if (grant is null || report is null)
            return Problem.NotFound("report");

        var encounter = await db.Encounters.SingleAsync(e => e.EncounterId == report.EncounterId, cancellation);
        var call = await db.TelephoneReports.Where(t => t.EncounterId == report.EncounterId)
            .OrderByDescending(t => t.RecordedAt).FirstOrDefaultAsync(cancellation);
        using var keys = await reportKeys.OpenAsync(call is null ? [report.KeyId] : [report.KeyId, call.KeyId], cancellation);
        if (keys.FindDestroyed(report.KeyId) is { } destroyed)
            return Destroyed(destroyed);
        var disclosed = DisclosedReport.Of(grant, caller.May("reporter.read"), encounter, report, call, keys);
        db.Add(new Access
        {
            AccessId = Guid.CreateVersion7(now),
            ReportId = reportId,
            At = now,
            Organisation = caller.Organisation.Text,
            Subject = caller.Subject,
            Tier = grant.Tier,
            GrantId = grant.GrantId,
            ReporterIdentity = disclosed.Officer is not null,
            Purpose = purpose,
        });
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(disclosed);
    }

    private static ProblemHttpResult Destroyed(StoredKey key) => Problem.Of(StatusCodes.Status410Gone, "report-destroyed",
        "The details of this report were destroyed and cannot be brought back. 'destroyedAt' and 'destroyedFor' say when and on what ground; receipt and ledger remain.",
        new Dictionary<string, object?> { ["destroyedAt"] = key.DestroyedAt, ["destroyedFor"] = key.DestroyedFor });
}
