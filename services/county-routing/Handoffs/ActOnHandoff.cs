using MassTransit;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// <c>POST /v1/handoffs/{id}/acknowledge</c> and <c>/accept</c>. The answer is the handoff as it is afterwards; doing it again gives the same answer.
/// </summary>
public static class ActOnHandoff
{
    public static void MapActOnHandoff(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/handoffs/{id:guid}/acknowledge", (Guid id, Caller caller, SagaCommands<HandoffMachine, Handoff> handoffs, TimeProvider time, CancellationToken cancellation) =>
            Act(handoffs, id, caller, m => m.AcknowledgeRequested, new AcknowledgeHandoff(Guid.Empty, id), Entry(caller, LedgerActions.HandoffAcknowledged, time), cancellation))
            .RequireScope("handoffs.act", kinds: "county").WithName("AcknowledgeHandoff");
        routes.MapPost("/v1/handoffs/{id:guid}/accept", (Guid id, Caller caller, SagaCommands<HandoffMachine, Handoff> handoffs, TimeProvider time, CancellationToken cancellation) =>
            Act(handoffs, id, caller, m => m.AcceptRequested, new AcceptHandoff(Guid.Empty, id, caller.Subject), Entry(caller, LedgerActions.HandoffAccepted, time), cancellation))
            .RequireScope("handoffs.act", kinds: "county").WithName("AcceptHandoff");
    }

    private static Func<Handoff, LedgerEntry> Entry(Caller caller, string action, TimeProvider time) =>
        handoff => LedgerEntry.By(caller, action, time.GetUtcNow(), handoff.CorrelationId, handoff.ReportId);

    private static async Task<IResult> Act<T>(SagaCommands<HandoffMachine, Handoff> handoffs, Guid id, Caller caller,
        Func<HandoffMachine, Event<T>> command, T message, Func<Handoff, LedgerEntry> onLedger, CancellationToken cancellation) where T : class
    {
        var (outcome, handoff) = await handoffs.RaiseAsync(id, command, message, h => caller.Organization.Is(Organization.County, h.CountyFips), onLedger, cancellation);
        return outcome switch
        {
            CommandOutcome.Done => TypedResults.Ok(HandoffView.Of(handoff!)),
            CommandOutcome.NotAllowed => Problem.Conflict("handoff-state", $"The handoff is {handoff!.CurrentState.ToUpperInvariant()}; read it with GET /v1/handoffs/{{id}} to see what is possible."),
            _ => Problem.NotFound("handoff"),
        };
    }
}
