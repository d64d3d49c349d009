using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary><c>POST /v1/reports/{reportId}/emergency-access</c>: opens a report for some hours to a county, a district attorney or an agency without a grant.</summary>
internal static class OpenEmergencyAccess
{
    private const string State = "state:ca";

    private sealed record EmergencyRequest(string? Reason);

    public static void MapEmergencyAccesses(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/reports/{reportId:guid}/emergency-access", PostAsync).RequireScope("reports.emergency", kinds: "county da le");
        routes.MapGet("/v1/emergency-accesses", ReviewEmergencyAccess.ListAsync).RequireScope("emergency.review", kinds: "county state");
        routes.MapPost("/v1/emergency-accesses/{id:guid}/review", ReviewEmergencyAccess.PostAsync).RequireScope("emergency.review", kinds: "county state");
    }

    private static async Task<Results<Created<EmergencyAccessView>, ProblemHttpResult>> PostAsync(Guid reportId, EmergencyRequest body, Caller caller, IntakeDb db,
        Store store, EmergencyAccessRules rules, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Reason is not { } reason || !EmergencyAccess.Reasons.Contains(reason))
            return new ValidationErrors().Add("/reason", "unknown-code", $"Give one of {string.Join(", ", EmergencyAccess.Reasons)}.").ToProblem();
        var (now, organisation) = (time.GetUtcNow(), caller.Organisation.Text);
        var found = await db.Reports.Where(r => r.ReportId == reportId).Select(r => new
        {
            r.EncounterId,
            IsGranted = db.Grants.Any(g => g.ReportId == reportId && g.Organisation == organisation && g.ExpiresAt > now),
            Opened = db.Timeline.Where(t => t.EncounterId == r.EncounterId && t.ReportId == reportId && t.Type == "handoff.opened.v1").OrderBy(t => t.Sequence).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return Problem.NotFound("report");
        if (found.IsGranted)
            return Problem.Conflict("already-granted", "Your organisation may read this report already: GET it.");
        var county = found.Opened.FirstOrDefault(t => t.Text("role") == "RESPONDER")?.Text("countyFips");
        var access = new EmergencyAccess
        {
            CorrelationId = Guid.CreateVersion7(now),
            EncounterId = found.EncounterId,
            ReportId = reportId,
            Organisation = organisation,
            Subject = caller.Subject,
            Reason = reason,
            Reviewer = county is null ? State : $"county:{county}",
            OpenedAt = now,
            ExpiresAt = now + rules.Lasts,
        };
        var unit = new UnitOfWork();
        EmergencyAccessMachine.Open(unit, access, rules);
        var entry = LedgerEntry.By(caller, LedgerActions.BreakGlassOpened, now, access.CorrelationId, reportId, new { reason, reviewer = access.Reviewer });
        (entry.Tier, entry.GrantId) = (access.Grant.Tier, access.CorrelationId);
        unit.Add(entry);
        if (await store.CommitAsync(unit, cancellation) is { } constraint)
            throw new InvalidOperationException($"An emergency access met the constraint {constraint}, and it can meet none.");
        return TypedResults.Created($"/v1/reports/{reportId}", EmergencyAccessView.Of(access));
    }
}
