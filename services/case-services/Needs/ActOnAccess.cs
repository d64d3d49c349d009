namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// <c>POST /v1/needs/{needId}/renew-access</c> and <c>/end-access</c>: the responding county lets the provider that accepted read for 30 more days, or no longer.
/// </summary>
internal static class ActOnAccess
{
    private static readonly SagaResource<NeedMachine, Need, NeedView> Needs = new("need",
        MayAct: (caller, need) => need.Responder == caller.Organization,
        View: (need, caller) => NeedView.Of(need, caller.Organization),
        Refused: need => need.CurrentState == nameof(NeedMachine.Completed)
            ? Problem.Conflict("need-completed", "The need has been met: access to it is ended, not renewed. A provider that needs to read again gets a new need.")
            : Problem.Conflict("need-not-accepted", "No provider has accepted the need, so none reads. GET /v1/needs/{needId} shows how far it is."),
        Report: need => need.ReportId);

    public static void MapActOnAccess(this IEndpointRouteBuilder routes)
    {
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/renew-access", LedgerActions.AccessRenewed, m => m.RenewingAccess, _ => new RenewProvidersAccess())
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "need-completed", "need-not-accepted").WithName("RenewProvidersAccess")
            .WithSummary("Lets the provider that accepted read the report for 30 more days.");
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/end-access", LedgerActions.AccessEnded, m => m.EndingAccess, _ => new EndProvidersAccess())
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "need-completed", "need-not-accepted").WithName("EndProvidersAccess")
            .WithSummary("Lets the provider that accepted read the report no longer.");
    }
}
