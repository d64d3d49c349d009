using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;
using NeedSaga = SafeHarbor.Messaging.Sagas.SagaCommands<SafeHarbor.CaseServices.Needs.NeedMachine, SafeHarbor.CaseServices.Needs.Need>;

namespace SafeHarbor.CaseServices.Needs;

/// <summary><c>POST /v1/needs/{id}/engaged</c> and <c>/completed</c>: the provider that accepted says how it goes on, in codes and never in words.</summary>
internal static class FollowThrough
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var need = app.MapGroup("/v1/needs/{id}").RequireScope("offers.act", kinds: "provider");
        need.MapPost("/engaged", async (Caller caller, NeedSaga needs, TimeProvider time, Guid id, CancellationToken cancellation) =>
            Answer(caller, await needs.RaiseAsync(id, m => m.Engaging, new EngageNeed(id), IsOf(caller), Entry(caller, LedgerActions.NeedEngaged, time), cancellation)));
        need.MapPost("/completed", async (Caller caller, NeedSaga needs, TimeProvider time, Guid id, CancellationToken cancellation) =>
            Answer(caller, await needs.RaiseAsync(id, m => m.Completing, new CompleteNeed(id), IsOf(caller), Entry(caller, LedgerActions.NeedCompleted, time), cancellation)));
    }

    private static Func<Need, bool> IsOf(Caller caller) => need => need.AcceptedBy == caller.Organization.Id;

    private static Func<Need, LedgerEntry> Entry(Caller caller, string action, TimeProvider time) =>
        need => LedgerEntry.By(caller, action, time.GetUtcNow(), need.CorrelationId, need.ReportId);

    private static Results<Ok<NeedView>, ProblemHttpResult> Answer(Caller caller, CommandResult<Need> result) => result.Outcome switch
    {
        CommandOutcome.Done => TypedResults.Ok(NeedView.Of(result.Saga!, caller.Organization)),
        CommandOutcome.NotAllowed => Problem.Conflict("need-completed", "The need has been completed; it does not go back. Report a new encounter for a new need."),
        _ => Problem.NotFound("need"),
    };
}
