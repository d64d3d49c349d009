using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>How soon the county sees the child.</summary>
/// <param name="Level">One of the handoff's <c>responseLevels</c>.</param>
/// <param name="Reason">Why; needed when the report is evaluated out.</param>
public sealed record NewResponse([Required, MaxLength(Packs.PackValidation.LongestText)] string? Level, [CodeOf(typeof(ResponseReasons))] string? Reason);

/// <summary>
/// <c>POST /v1/handoffs/{handoffId}/determine-response</c>: the responding county, which has accepted, determines how soon it sees the child, and determines it anew as often as it has
/// to. The same again gets the same answer; a later level may need a second person, who sends the same.
/// </summary>
internal static class DetermineHandoffResponse
{
    public static void MapDetermineResponse(this IEndpointRouteBuilder routes) => ActOnHandoff.Handoffs(routes.ServiceProvider.GetRequiredService<LawRegister>(), Refused)
        .MapCommand<NewResponse, DetermineResponse>(routes, "/v1/handoffs/{handoffId:guid}/determine-response", LedgerActions.HandoffResponseDetermined, m => m.DetermineRequested,
            Asked, r => new { level = r.Level, reason = r.Reason })
        .RequireScope("handoffs.act", kinds: "county")
        .Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on", "handoff-not-responder", "handoff-state", "response-level-unknown").WithName("DetermineResponse")
        .WithSummary("Determines how soon the county sees the child in person, which is waited for then. A later level than before may wait for a second person. The answer is the handoff as it is then.");

    internal static ProblemHttpResult Refused(Handoff handoff) => handoff.CurrentState switch
    {
        nameof(HandoffMachine.Accepted) or nameof(HandoffMachine.ResponseDetermined) or nameof(HandoffMachine.Closed) => handoff.Role != Role.Responder
            ? ReferOnHandoff.NotResponder
            : Problem.Conflict("response-level-unknown",
                "Your county's pack, as it was when the report came, has no response of this level. GET /v1/handoffs/{handoffId} names those that it has as responseLevels; send one of them."),
        _ => ActOnHandoff.Refused(handoff),
    };

    private static DetermineResponse? Asked(NewResponse body, Caller caller, ValidationErrors errors)
    {
        if (string.IsNullOrWhiteSpace(body.Level))
            errors.Add("/level", "required", "Give one of the handoff's responseLevels.");
        if (body.Reason is { } reason && !ResponseReasons.All.Contains(reason))
            errors.AddUnknownCode("/reason", reason, ResponseReasons.All);
        if (body is { Level: ResponseLevels.EvaluatedOut, Reason: null })
            errors.Add("/reason", "required", $"Say why the report is evaluated out: {string.Join(", ", ResponseReasons.All)}.");
        return errors.Any ? null : new(body.Level!, body.Reason, caller.Subject);
    }
}
