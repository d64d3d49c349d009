using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary><c>POST /v1/handoffs/{handoffId}/acknowledge</c>, <c>/accept</c> and <c>/renew-access</c>. The answer is the handoff as it is afterwards; doing it again gives the same answer.</summary>
internal static class ActOnHandoff
{
    /// <summary>A handoff to its recipient.</summary>
    public static SagaResource<HandoffMachine, Handoff, HandoffView> Handoffs(LawRegister law, Func<Handoff, ProblemHttpResult> refused) => new("handoff",
        MayAct: (caller, handoff) => caller.Organization == handoff.Organization,
        View: (handoff, _) => HandoffView.Of(handoff, law),
        handoff => handoff.IsDrill ? OfDrill : refused(handoff),
        Report: handoff => handoff.ReportId);

    private static ProblemHttpResult OfDrill => Problem.Conflict("handoff-drill",
        "This is a drill: nobody was encountered. It is acknowledged and accepted while it runs, until its drillEndsAt, and nothing else is done with it. Start the next one with POST /v1/counties/{countyFips}/drills.");

    // Who has not accepted may acknowledge and accept in every other state: what is refused there is renewing.
    internal static ProblemHttpResult Refused(Handoff handoff) => handoff.CurrentState switch
    {
        nameof(HandoffMachine.Withdrawn) => Problem.Conflict("handoff-withdrawn",
            "The statewide desk gave this report to another county. When the child is in your county after all, call the desk: until that county has accepted, it can decide anew."),
        nameof(HandoffMachine.ReferredOn) => Problem.Conflict("handoff-referred-on",
            "Your county referred this report on, and the county that GET /v1/handoffs/{handoffId} names as referredTo has accepted it and responds. When the child is in your county after all, call that county: it refers the report back."),
        nameof(HandoffMachine.Closed) => Problem.Conflict("handoff-closed",
            "Your county has closed this report. Determine its response anew, with POST /v1/handoffs/{handoffId}/determine-response: that opens it again. Then send this again."),
        nameof(HandoffMachine.Referring) => Problem.Conflict("handoff-referred-on",
            "Your county has referred this report on to the county that GET /v1/handoffs/{handoffId} names as referredTo, and stays responsible until that one has accepted. Call it: it accepts, or refers the report back."),
        _ => Problem.Conflict("handoff-state", $"The handoff is {StateWord.Of(handoff.CurrentState)}; only who has accepted renews its access. Accept it first, with POST /v1/handoffs/{{handoffId}}/accept."),
    };

    public static void MapActOnHandoff(this IEndpointRouteBuilder routes)
    {
        var handoffs = Handoffs(routes.ServiceProvider.GetRequiredService<LawRegister>(), Refused);
        handoffs.MapCommand(routes, "/v1/handoffs/{handoffId:guid}/acknowledge", LedgerActions.HandoffAcknowledged, m => m.AcknowledgeRequested, _ => new AcknowledgeHandoff())
            .RequireScope("handoffs.act", kinds: Handoff.Recipients).Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on").WithName("AcknowledgeHandoff")
            .WithSummary("Says that a human has seen the handoff. It ends the ladder of silence; the answer is the handoff as it is then.");
        handoffs.MapCommand(routes, "/v1/handoffs/{handoffId:guid}/accept", LedgerActions.HandoffAccepted, m => m.AcceptRequested, caller => new AcceptHandoff(caller.Subject))
            .RequireScope("handoffs.act", kinds: Handoff.Recipients).Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on").WithName("AcceptHandoff")
            .WithSummary("Takes over. There is no refusal; the answer is the handoff as it is then, with the time until which the report may be read.");
        handoffs.MapCommand(routes, "/v1/handoffs/{handoffId:guid}/renew-access", LedgerActions.AccessRenewed, m => m.RenewRequested, _ => new RenewAccess())
            .RequireScope("handoffs.act", kinds: Handoff.Recipients).Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on", "handoff-closed", "handoff-state").WithName("RenewAccess")
            .WithSummary("Renews the access of a recipient that has accepted. The answer is the handoff as it is then.");
    }
}
