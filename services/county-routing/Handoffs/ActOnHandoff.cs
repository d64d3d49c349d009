using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary><c>POST /v1/handoffs/{id}/acknowledge</c> and <c>/accept</c>. The answer is the handoff as it is afterwards; doing it again gives the same answer.</summary>
internal static class ActOnHandoff
{
    private static SagaResource<HandoffMachine, Handoff, HandoffView> Handoffs(LawRegister law) => new("handoff",
        MayAct: (caller, handoff) => caller.Organization.Text == handoff.Organization,
        View: (handoff, _) => HandoffView.Of(handoff, law),
        Refused: handoff => Problem.Conflict("handoff-state",
            $"The handoff is {StateWord.Of(handoff.CurrentState)}; read it with GET /v1/handoffs/{{id}} to see what is possible."),
        Report: handoff => handoff.ReportId);

    public static void MapActOnHandoff(this IEndpointRouteBuilder routes)
    {
        var handoffs = Handoffs(routes.ServiceProvider.GetRequiredService<LawRegister>());
        handoffs.MapCommand(routes, "/v1/handoffs/{id:guid}/acknowledge", LedgerActions.HandoffAcknowledged, m => m.AcknowledgeRequested, _ => new AcknowledgeHandoff())
            .RequireScope("handoffs.act", kinds: "county").WithName("AcknowledgeHandoff");
        handoffs.MapCommand(routes, "/v1/handoffs/{id:guid}/accept", LedgerActions.HandoffAccepted, m => m.AcceptRequested, caller => new AcceptHandoff(caller.Subject))
            .RequireScope("handoffs.act", kinds: "county").WithName("AcceptHandoff");
    }
}
