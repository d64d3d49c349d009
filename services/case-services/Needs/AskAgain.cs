namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>POST /v1/needs/{needId}/ask-again</c>: the responding county has everybody asked again who was silent or declined, save for a conflict of safety. While an
/// offer waits for its answer it goes on, and the others come after it.
/// </summary>
internal static class AskingAgain
{
    private static readonly SagaResource<NeedMachine, Need, NeedView> Needs = new("need",
        MayAct: (caller, need) => need.Responder == caller.Organization,
        View: (need, caller) => NeedView.Of(need, caller.Organization),
        Refused,
        Report: need => need.ReportId);

    internal static ProblemHttpResult Refused(Need need) => need.CurrentState switch
    {
        nameof(NeedMachine.WaitingForCounty) => Problem.Conflict("need-waits-for-county",
            "Nobody has been asked yet: providers are asked once your county has accepted the handoff, with POST /v1/handoffs/{handoffId}/accept at county-routing."),
        nameof(NeedMachine.Completed) => Problem.Conflict("need-completed",
            "The need has been met, so nobody is asked for it again. When the child needs more, call the provider that has met it: GET /v1/needs/{needId} names it, GET /v1/providers/{slug} says how it is reached."),
        _ => Problem.Conflict("need-taken", "A provider has taken the need. Call it: GET /v1/needs/{needId} names it, GET /v1/providers/{slug} says how it is reached."),
    };

    public static void MapAskAgain(this IEndpointRouteBuilder routes) => Needs
        .MapCommand(routes, "/v1/needs/{needId:guid}/ask-again", LedgerActions.NeedAskedAgain, m => m.AskingAgain, _ => new AskAgain()).RequireScope("handoffs.act", kinds: "county")
        .Problems(StatusCodes.Status409Conflict, "need-waits-for-county", "need-taken", "need-completed").WithName("AskAgain")
        .WithSummary("Has every provider asked again that was silent or declined, save for a conflict of safety. An offer that waits for its answer goes on.");
}
