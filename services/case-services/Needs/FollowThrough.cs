namespace SafeHarbor.CaseServices.Needs;

/// <summary><c>POST /v1/needs/{needId}/engaged</c> and <c>/completed</c>: the provider that accepted says how it goes on, in codes and never in words.</summary>
internal static class FollowThrough
{
    private static readonly SagaResource<NeedMachine, Need, NeedView> Needs = new("need",
        MayAct: (caller, need) => need.AcceptedBy == caller.Organization.Id,
        View: (need, caller) => NeedView.Of(need, caller.Organization),
        Refused,
        Report: need => need.ReportId);

    // Whoever has accepted may say both at any time; only what is completed does not go back.
    internal static ProblemHttpResult Refused(Need need) => Problem.Conflict("need-completed",
        "The need has been completed; it does not go back. When the child needs help again, call the county that responds: GET /v1/needs/{needId} names it.");

    public static void MapFollowThrough(this IEndpointRouteBuilder routes)
    {
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/engaged", LedgerActions.NeedEngaged, m => m.Engaging, _ => new EngageNeed()).RequireScope("offers.act", kinds: "provider")
            .Problems(StatusCodes.Status409Conflict, "need-completed").WithName("EngageNeed").WithSummary("Says that the provider that accepted has had first contact with the child.");
        Needs.MapCommand(routes, "/v1/needs/{needId:guid}/completed", LedgerActions.NeedCompleted, m => m.Completing, _ => new CompleteNeed()).RequireScope("offers.act", kinds: "provider")
            .WithName("CompleteNeed").WithSummary("Says that the need is met.");
    }
}
