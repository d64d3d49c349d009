using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>An emergency access as those see it who opened or review it.</summary>
/// <param name="EmergencyAccessId">The emergency access.</param>
/// <param name="ReportId">The report that it opens.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="Subject">Who opened it there: the subject of the token.</param>
/// <param name="Reason">Why it could not wait.</param>
/// <param name="State">How far its review is.</param>
/// <param name="DueAt">When the review is due, and its reviewer is reminded; null when it was reviewed. The time is ours.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ExpiresAt">Until when the report may be read by it.</param>
/// <param name="ReviewedAt">When it was reviewed; null until then.</param>
/// <param name="Outcome">What the review came to; null until then.</param>
public sealed record EmergencyAccessView(Guid EmergencyAccessId, Guid ReportId, Organization Organization, string Subject, [CodeOf(typeof(EmergencyReasons))] string Reason,
    [StateOf(typeof(EmergencyAccessMachine))] string State, DateTimeOffset? DueAt, DateTimeOffset OpenedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ReviewedAt,
    [CodeOf(typeof(ReviewOutcomes))] string? Outcome)
{
    internal static EmergencyAccessView Of(EmergencyAccess a) => new(a.CorrelationId, a.ReportId, a.Organization, a.Subject, a.Reason, StateWord.Of(a.CurrentState),
        a.DueAt, a.OpenedAt, a.ExpiresAt, a.ReviewedAt, a.Outcome);
}

/// <summary>What a review came to.</summary>
/// <param name="Outcome">One of <see cref="ReviewOutcomes"/>.</param>
public sealed record AccessReview([Required, CodeOf(typeof(ReviewOutcomes))] string? Outcome);

/// <summary>
/// <c>GET /v1/emergency-accesses</c> and <c>POST /v1/emergency-accesses/{emergencyAccessId}/review</c>: the responding county (the state, when none responded)
/// says whether it was justified. Nobody reviews his own.
/// </summary>
internal static class ReviewEmergencyAccess
{
    private const string Scope = "emergency.review";
    private const string Reviewers = "county state";

    private static readonly string[] States = [nameof(EmergencyAccessMachine.Unreviewed), nameof(EmergencyAccessMachine.Reviewed)];

    private static readonly WorkList<EmergencyAccess> List = new(
        nameof(EmergencyAccess.DueAt), nameof(EmergencyAccess.OpenedAt), nameof(EmergencyAccess.CorrelationId));

    public static void MapReviewEmergencyAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/emergency-accesses", ListAsync).RequireScope(Scope, kinds: Reviewers).Records(LedgerActions.BreakGlassListed).WithName("ListEmergencyAccesses");
        routes.MapPost("/v1/emergency-accesses/{emergencyAccessId:guid}/review", PostAsync).RequireScope(Scope, kinds: Reviewers).Records(LedgerActions.BreakGlassReviewed)
            .Repeatable("What was decided stays; the same review again gets the same answer.").Checks<AccessReview>(Check)
            .Problems(StatusCodes.Status403Forbidden, "own-emergency-access").Problems(StatusCodes.Status409Conflict, "already-reviewed").WithName("ReviewEmergencyAccess");
    }

    private static ValidationErrors Check(AccessReview body, HttpContext http) =>
        ReviewOutcomes.All.Contains(body.Outcome) ? new() : new ValidationErrors().AddUnknownCode("/outcome", body.Outcome, ReviewOutcomes.All);

    /// <summary>Lists the emergency accesses that the caller's organization reviews: what is due soonest first; what was reviewed comes last, the newest first.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="reportId">Only those to this report.</param>
    private static async Task<Results<Ok<Page<EmergencyAccessView>>, ProblemHttpResult>> ListAsync(Request request, IntakeDb db, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [StateOf(typeof(EmergencyAccessMachine))] string? state, Guid? reportId, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. States.Select(StateWord.Of)]);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        var reviewer = request.Caller.Organization;
        var accesses = db.EmergencyAccesses.Where(a => a.Reviewer == reviewer);
        if (state is not null)
            accesses = accesses.Where(a => a.CurrentState == StateWord.NameOf(state));
        if (reportId is not null)
            accesses = accesses.Where(a => a.ReportId == reportId);
        var found = page.Of(await List.ReadAsync(accesses, work, after, page.Size + 1, cancellation), EmergencyAccessView.Of,
            a => new WorkPosition(a.DueAt, a.OpenedAt, a.CorrelationId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Says whether an emergency access was justified. One that was not ends at once. Nobody reviews their own.</summary>
    private static async Task<Results<Ok<EmergencyAccessView>, ProblemHttpResult>> PostAsync(Guid emergencyAccessId, AccessReview body, Request request,
        SagaCommands<EmergencyAccessMachine, EmergencyAccess> accesses, CancellationToken cancellation)
    {
        var (caller, outcome, isOwn) = (request.Caller, body.Outcome!, false);
        var (result, access) = await accesses.RaiseAsync(emergencyAccessId, m => m.Review, new ReviewAccess(outcome, caller.Subject),
            a => a.Reviewer == caller.Organization && !(isOwn = a.Organization == caller.Organization && a.Subject == caller.Subject),
            a => request.TakeEntry().Describe(emergencyAccessId, a.ReportId, new { outcome = a.Outcome }), cancellation);
        if (isOwn)
            return Problem.Forbidden("own-emergency-access", "You opened it yourself. Another person of your organization reviews it, with a token of their own.");
        // What was decided stays; the same review again is no conflict.
        var isDone = result == CommandOutcome.NotAllowed && access!.Outcome == outcome;
        if (isDone)
            request.RecordsNothingNew();
        return result switch
        {
            CommandOutcome.Done => TypedResults.Ok(EmergencyAccessView.Of(access!)),
            CommandOutcome.NotAllowed when isDone => TypedResults.Ok(EmergencyAccessView.Of(access!)),
            CommandOutcome.NotAllowed => Problem.Conflict("already-reviewed", $"It was reviewed before, as {access!.Outcome}. That stays, and nothing need be done; whoever doubts it asks the operator for the ledger."),
            _ => Problem.NotFound("emergency access"),
        };
    }
}
