using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>An emergency access as those see it who opened or review it.</summary>
public sealed record EmergencyAccessView(Guid EmergencyAccessId, Guid ReportId, string Organization, string Subject, string Reason, string State, DateTimeOffset OpenedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? ReviewedAt, string? Outcome)
{
    internal static EmergencyAccessView Of(EmergencyAccess a) => new(a.CorrelationId, a.ReportId, a.Organization, a.Subject, a.Reason, a.CurrentState.ToUpperInvariant(),
        a.OpenedAt, a.ExpiresAt, a.ReviewedAt, a.Outcome);
}

/// <summary>Emergency accesses, the oldest first.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">What to give as <c>after</c> for the following ones; null at the end.</param>
public sealed record EmergencyAccessPage(IReadOnlyList<EmergencyAccessView> Items, Guid? Next);

/// <summary>
/// <c>GET /v1/emergency-accesses?after=&amp;limit=</c> and <c>POST /v1/emergency-accesses/{id}/review</c>: the responding county (the state, when none responded)
/// says whether it was justified. Nobody reviews his own.
/// </summary>
internal static class ReviewEmergencyAccess
{
    public sealed record AccessReview(string? Outcome);

    public static async Task<Results<Ok<EmergencyAccessPage>, ProblemHttpResult>> ListAsync(Guid? after, int? limit, Caller caller, IntakeDb db, Store store,
        TimeProvider time, CancellationToken cancellation)
    {
        if (limit is < 1 or > 200)
            return new ValidationErrors().AddParameter("limit", "out-of-range", "A page has 1 to 200 entries, 50 when nothing is said.").ToProblem();
        var size = limit ?? 50;
        var reviewer = caller.Organization.Text;
        var page = await db.EmergencyAccesses.Where(a => a.Reviewer == reviewer && (after == null || a.CorrelationId > after))
            .OrderBy(a => a.CorrelationId).Take(size + 1).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.BreakGlassListed, time.GetUtcNow(), facts: new { count = Math.Min(page.Count, size) }), cancellation);
        return TypedResults.Ok(new EmergencyAccessPage([.. page.Take(size).Select(EmergencyAccessView.Of)], page.Count > size ? page[size - 1].CorrelationId : null));
    }

    public static async Task<Results<Ok<EmergencyAccessView>, ProblemHttpResult>> PostAsync(Guid id, AccessReview body, Caller caller,
        SagaCommands<EmergencyAccessMachine, EmergencyAccess> accesses, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Outcome is not { } outcome || !EmergencyAccess.Outcomes.Contains(outcome))
            return new ValidationErrors().Add("/outcome", "unknown-code", $"Give one of {string.Join(", ", EmergencyAccess.Outcomes)}.").ToProblem();
        var isOwn = false;
        var (result, access) = await accesses.RaiseAsync(id, m => m.Review, new ReviewAccess(Guid.Empty, id, outcome, caller.Subject),
            a => a.Reviewer == caller.Organization.Text && !(isOwn = a.Organization == caller.Organization.Text && a.Subject == caller.Subject),
            a => LedgerEntry.By(caller, LedgerActions.BreakGlassReviewed, time.GetUtcNow(), id, a.ReportId, new { outcome = a.Outcome }), cancellation);
        if (isOwn)
            return Problem.Forbidden("own-emergency-access", "You opened it yourself. Another person of your organization reviews it.");
        return result switch
        {
            CommandOutcome.Done when access!.Outcome == outcome => TypedResults.Ok(EmergencyAccessView.Of(access)),
            CommandOutcome.Done => Problem.Conflict("already-reviewed", $"It was reviewed before, as {access!.Outcome}. That stays."),
            _ => Problem.NotFound("emergency access"),
        };
    }
}
