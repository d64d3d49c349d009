using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>An emergency access as those see it who opened or review it.</summary>
public sealed record EmergencyAccessView(Guid EmergencyAccessId, Guid ReportId, Organization Organization, string Subject, string Reason, string State, DateTimeOffset OpenedAt,
    DateTimeOffset ExpiresAt, DateTimeOffset? ReviewedAt, string? Outcome)
{
    internal static EmergencyAccessView Of(EmergencyAccess a) => new(a.CorrelationId, a.ReportId, a.Organization, a.Subject, a.Reason, StateWord.Of(a.CurrentState),
        a.OpenedAt, a.ExpiresAt, a.ReviewedAt, a.Outcome);
}

/// <summary>What a review came to.</summary>
/// <param name="Outcome">One of <see cref="EmergencyAccess.Outcomes"/>.</param>
public sealed record AccessReview(string? Outcome);

/// <summary>
/// <c>GET /v1/emergency-accesses?after=&amp;limit=</c> and <c>POST /v1/emergency-accesses/{id}/review</c>: the responding county (the state, when none responded)
/// says whether it was justified. Nobody reviews his own.
/// </summary>
internal static class ReviewEmergencyAccess
{
    private const string Scope = "emergency.review";
    private const string Reviewers = "county state";

    public static void MapReviewEmergencyAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/emergency-accesses", ListAsync).RequireScope(Scope, kinds: Reviewers).Records(LedgerActions.BreakGlassListed);
        routes.MapPost("/v1/emergency-accesses/{id:guid}/review", PostAsync).RequireScope(Scope, kinds: Reviewers).Records(LedgerActions.BreakGlassReviewed)
            .Repeatable("What was decided stays; the same review again gets the same answer.").Checks<AccessReview>(Check);
    }

    private static ValidationErrors Check(AccessReview body, HttpContext http) =>
        EmergencyAccess.Outcomes.Contains(body.Outcome) ? new() : new ValidationErrors().AddUnknownCode("/outcome", body.Outcome, EmergencyAccess.Outcomes);

    private static async Task<Results<Ok<Page<EmergencyAccessView>>, ProblemHttpResult>> ListAsync(Request request, IntakeDb db, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var reviewer = request.Caller.Organization;
        var found = page.Of(await db.EmergencyAccesses.Where(a => a.Reviewer == reviewer && (after == null || a.CorrelationId > after))
            .OrderBy(a => a.CorrelationId).Take(page.Size + 1).ToListAsync(cancellation), EmergencyAccessView.Of, a => a.CorrelationId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<EmergencyAccessView>, ProblemHttpResult>> PostAsync(Guid id, AccessReview body, Request request,
        SagaCommands<EmergencyAccessMachine, EmergencyAccess> accesses, CancellationToken cancellation)
    {
        var (caller, outcome, isOwn) = (request.Caller, body.Outcome!, false);
        var (result, access) = await accesses.RaiseAsync(id, m => m.Review, new ReviewAccess(outcome, caller.Subject),
            a => a.Reviewer == caller.Organization && !(isOwn = a.Organization == caller.Organization && a.Subject == caller.Subject),
            a => request.TakeEntry().Describe(id, a.ReportId, new { outcome = a.Outcome }), cancellation);
        if (isOwn)
            return Problem.Forbidden("own-emergency-access", "You opened it yourself. Another person of your organization reviews it.");
        // What was decided stays; the same review again is no conflict.
        var isDone = result == CommandOutcome.NotAllowed && access!.Outcome == outcome;
        if (isDone)
            request.RecordsNothingNew();
        return result switch
        {
            CommandOutcome.Done => TypedResults.Ok(EmergencyAccessView.Of(access!)),
            CommandOutcome.NotAllowed when isDone => TypedResults.Ok(EmergencyAccessView.Of(access!)),
            CommandOutcome.NotAllowed => Problem.Conflict("already-reviewed", $"It was reviewed before, as {access!.Outcome}. That stays."),
            _ => Problem.NotFound("emergency access"),
        };
    }
}
