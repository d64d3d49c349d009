using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Intake.Workers;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>
/// <c>GET /v1/reports/{reportId}</c>: the details, as far as a live grant of the caller's organization allows. Two round trips: everything as one moment
/// saw it, then the ledger's entry, which has committed before the answer is given; one more in between when something was added to the report.
/// </summary>
internal static class ReadReport
{
    public static void MapReadReport(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/reports/{reportId:guid}", GetAsync).RequireScope("reports.read").Records(LedgerActions.ReportRead)
            .Problems(StatusCodes.Status410Gone, "report-destroyed").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("ReadReport");

    /// <summary>Discloses a report, as far as a live grant of the caller's organization allows. Every read is on the ledger before it is answered.</summary>
    /// <param name="purpose">What the report is read for. It is kept on the ledger.</param>
    private static async Task<Results<Ok<DisclosedReport>, ProblemHttpResult>> GetAsync(Guid reportId, [FromHeader(Name = "Purpose"), CodeOf(typeof(ReadingPurposes))] string? purpose,
        Request request, IntakeDb db, UnitStore store, AwaitedGrants awaited, ReportKeys reportKeys, LawRegister law, TimeProvider time, HttpResponse response, CancellationToken cancellation)
    {
        if (new ValidationErrors().Check("Purpose", purpose, ReadingPurposes.All) is { Any: true } errors)
            return errors.ToProblem();

        var caller = request.Caller;
        var organization = caller.Organization;
        // Whoever hangs up while it waits was refused too; what failed was not.
        var isRefused = false;
        response.OnCompleted(() => isRefused ? RefusedAsync(store, caller, reportId, purpose, time.GetUtcNow()) : Task.CompletedTask);
        var found = await awaited.FindAsync(reportId, organization, async () =>
        {
            var now = time.GetUtcNow();
            var seen = await db.Reports.Where(r => r.ReportId == reportId).Select(r => new
            {
                Report = r,
                Grant = db.Grants.Where(g => g.ReportId == reportId && g.Organization == organization && g.ExpiresAt > now)
                    .OrderByDescending(g => g.Tier == Tiers.County).ThenByDescending(g => g.ExpiresAt).FirstOrDefault(),
                Encounter = db.Encounters.Single(e => e.EncounterId == r.EncounterId),
                Alike = IntakeDb.AlikeTo(reportId),
                Call = db.TelephoneReports.Where(t => t.EncounterId == r.EncounterId).OrderByDescending(t => t.RecordedAt).FirstOrDefault(),
                Told = db.Tellings.Where(t => t.ReportId == reportId).OrderByDescending(t => t.Since).ThenByDescending(t => t.ToldAt).FirstOrDefault(),
                Workers = db.Workers.Where(w => w.ReportId == reportId).ToList(),
                IsSupplemented = db.Supplements.Any(s => s.ReportId == reportId),
                Retraction = db.Retractions.Where(t => t.ReportId == reportId).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellation);
            isRefused = seen?.Grant is null;
            return isRefused ? null : seen;
        }, cancellation);
        if (found?.Grant is not { } grant)
            return Problem.NotFound("report");

        var (report, call) = (found.Report, found.Call);
        report.MayBeSameAs = JsonSerializer.Deserialize<IReadOnlyList<AlikeReport>>(found.Alike, WireFormat.Json)!;
        var workers = Worker.LatestOf(found.Workers);
        // With the workers in one query each of them would come with each of these.
        var supplements = found.IsSupplemented ? await db.Supplements.Where(s => s.ReportId == reportId).OrderBy(s => s.Sequence).ToListAsync(cancellation) : [];
        using var keys = await reportKeys.OpenAsync([report.KeyId, .. call is null ? [] : new[] { call.KeyId }, .. workers.Select(w => w.KeyId), .. supplements.Select(s => s.KeyId)], cancellation);
        if (keys.FindDestroyed(report.KeyId) is { } destroyed)
            return Destroyed(destroyed);
        var opened = DisclosedReport.Of(grant, caller.May("reporter.read") && grant.LegalBasis != RuleUses.EmergencyGrant, found.Encounter, report, call, found.Told, workers,
            OpenedSupplement.Of(supplements, keys), keys, law);
        var disclosed = opened with { Retraction = DisclosedRetraction.Of(found.Retraction, grant.Tier) };
        request.Records(report: reportId, further: entry =>
            (entry.Tier, entry.GrantId, entry.ReporterIdentity, entry.Purpose) = (grant.Tier, grant.GrantId, disclosed.Officer is not null, purpose));
        return TypedResults.Ok(disclosed);
    }

    private static ProblemHttpResult Destroyed(StoredKey key) => Problem.Of(StatusCodes.Status410Gone, "report-destroyed",
        "The details of this report were destroyed and cannot be brought back. 'destroyedAt' and 'destroyedFor' say when and on what ground, GET /v1/reports/{reportId}/destruction proves it; receipt and ledger remain.",
        new Dictionary<string, object?> { ["destroyedAt"] = key.DestroyedAt, ["destroyedFor"] = key.DestroyedFor });

    // After the answer, which must not take longer for a report that exists than for one that does not.
    private static async Task RefusedAsync(UnitStore store, Caller caller, Guid reportId, string? purpose, DateTimeOffset now)
    {
        if (await store.FindAsync<Report>(Reader.Service, reportId, CancellationToken.None) is null)
            return;
        var entry = LedgerEntry.By(caller, LedgerActions.ReportRefused, now, report: reportId);
        entry.Purpose = purpose;
        await store.RecordAsync(entry, CancellationToken.None);
    }
}
