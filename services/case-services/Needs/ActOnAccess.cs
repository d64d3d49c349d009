namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>POST /v1/needs/{needId}/renew-access</c> and <c>/end-access</c>: the responding county lets the provider that accepted read for 30 more days, or no longer.
/// </summary>
internal static class ActOnAccess
{
    private static readonly SagaResource<NeedMachine, Need, NeedView> Needs = new("need",
        MayAct: (caller, need) => need.Responder == caller.Organization,
        View: (need, caller) => NeedView.Of(need, caller.Organization),
        Refused,
        Report: need => need.ReportId);

    internal static ProblemHttpResult Refused(Need need) => need.CurrentState switch
    {
        nameof(NeedMachine.Completed) => Problem.Conflict("need-completed",
            "The need has been met, so access for it is ended and not renewed: POST /v1/needs/{needId}/end-access ends what still runs."),
        nameof(NeedMachine.WaitingForCounty) => Problem.Conflict("need-not-accepted",
            "No provider has been asked yet, so none reads: they are asked once your county has accepted the handoff, with POST /v1/handoffs/{handoffId}/accept at county-routing."),
        nameof(NeedMachine.Unfilled) => Problem.Conflict("need-not-accepted",
            "No provider is left to ask, so none reads. POST /v1/needs/{needId}/ask-again asks everybody again who was silent or declined."),
        _ => Problem.Conflict("need-not-accepted", "A provider has been asked and has not answered yet, so none reads: GET /v1/needs/{needId} shows its offer."),
    };

    public static void MapActOnAccess(this IEndpointRouteBuilder routes)
    {
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/renew-access", LedgerActions.AccessRenewed, m => m.RenewingAccess, _ => new RenewProvidersAccess())
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "need-completed", "need-not-accepted").WithName("RenewProvidersAccess")
            .WithSummary("Lets the provider that accepted read the report for 30 more days.");
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/end-access", LedgerActions.AccessEnded, m => m.EndingAccess, _ => new EndProvidersAccess())
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "need-not-accepted").WithName("EndProvidersAccess")
            .WithSummary("Lets the provider that accepted read the report no longer.");
    }
}
