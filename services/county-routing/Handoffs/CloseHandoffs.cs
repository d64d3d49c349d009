using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Why the county closes the report.</summary>
/// <param name="Reason">Why.</param>
public sealed record Closing([Required, CodeOf(typeof(ClosingReasons))] string? Reason);

/// <summary>
/// <c>POST /v1/handoffs/{handoffId}/close</c>: the responding county closes the report once it has determined its response and seen the child. What providers do for the child goes on. The same again gets the same
/// answer; to determine the response anew opens it again.
/// </summary>
internal static class CloseHandoffs
{
    public static void MapCloseHandoff(this IEndpointRouteBuilder routes) => ActOnHandoff.Handoffs(routes.ServiceProvider.GetRequiredService<LawRegister>(), Refused)
        .MapCommand<Closing, CloseHandoff>(routes, "/v1/handoffs/{handoffId:guid}/close", LedgerActions.HandoffClosed, m => m.CloseRequested, Asked, r => new { reason = r.Reason })
        .RequireScope("handoffs.act", kinds: "county")
        .Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on", "handoff-not-responder", "handoff-state", "response-owed").WithName("CloseHandoff")
        .WithSummary("Closes the report, for a reason, once the county has determined its response and seen the child. The answer is the handoff as it is then.");

    internal static ProblemHttpResult Refused(Handoff handoff) => handoff.CurrentState switch
    {
        nameof(HandoffMachine.Accepted) or nameof(HandoffMachine.ResponseDetermined) => handoff.Role != Role.Responder
            ? ReferOnHandoff.NotResponder
            : Problem.Conflict("response-owed", "The report is closed for this reason once your county has determined how soon it sees the child, with POST /v1/handoffs/{handoffId}/determine-response, and has recorded "
                + "that it has, with POST /v1/handoffs/{handoffId}/record-in-person; what was evaluated out is closed as EVALUATED_OUT, a child that was looked for and not found as CHILD_NOT_FOUND, and what its agency has taken back "
                + "as RETRACTED_BY_SENDER."),
        _ => ActOnHandoff.Refused(handoff),
    };

    private static CloseHandoff? Asked(Closing body, Caller caller, ValidationErrors errors)
    {
        if (!ClosingReasons.All.Contains(body.Reason))
            errors.AddUnknownCode("/reason", body.Reason, ClosingReasons.All);
        return errors.Any ? null : new(body.Reason!);
    }
}
