using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Messaging.Requests;

/// <summary>
/// A saga as a resource over HTTP. Each command on it is one declaration: route, event, ledger action; who may, what is answered and what is said when
/// the state does not allow it hold for all of them. The route has one id, the saga's.
/// </summary>
/// <typeparam name="TMachine">Its state machine.</typeparam>
/// <typeparam name="TSaga">Its state.</typeparam>
/// <typeparam name="TView">What its callers see of it.</typeparam>
/// <param name="Name">The thing's name, as in <c>handoff</c>.</param>
/// <param name="MayAct">False hides it from the caller.</param>
/// <param name="View">The answer.</param>
/// <param name="Refused">What is said when its state does not allow the command.</param>
/// <param name="Report">The report that it is about, for the ledger; null when it is about none.</param>
public sealed record SagaResource<TMachine, TSaga, TView>(string Name, Func<Caller, TSaga, bool> MayAct, Func<TSaga, Caller, TView> View,
    Func<TSaga, ProblemHttpResult> Refused, Func<TSaga, Guid?>? Report = null)
    where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga>
    where TSaga : class, ITimedSaga
{
    private const string Same = "The state machine answers a command that was done before as it did then.";

    /// <summary>A command without a body.</summary>
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="route">Its route, such as <c>/v1/handoffs/{handoffId:guid}/accept</c>.</param>
    /// <param name="action">The ledger's action.</param>
    /// <param name="event">The machine's event.</param>
    /// <param name="command">The event's message.</param>
    public RouteHandlerBuilder MapCommand<TCommand>(IEndpointRouteBuilder routes, string route, string action, Func<TMachine, Event<TCommand>> @event,
        Func<Caller, TCommand> command) where TCommand : class => routes
        .MapPost(route, (RouteId id, Request request, SagaCommands<TMachine, TSaga> sagas, CancellationToken cancellation) =>
            RaiseAsync(id.Value, @event, command(request.Caller), null, null, request, sagas, cancellation))
        .Records(action).Repeatable(Same);

    /// <summary>A command with a body.</summary>
    /// <param name="routes">Where it is mapped.</param>
    /// <param name="route">Its route, such as <c>/v1/handoffs/{handoffId:guid}/accept</c>.</param>
    /// <param name="action">The ledger's action.</param>
    /// <param name="event">The machine's event.</param>
    /// <param name="command">The event's message, or null and what is wrong with the body; it does nothing else, and is asked both.</param>
    /// <param name="facts">What the ledger says of the command besides.</param>
    /// <param name="isDone">Whether a command that the state does not allow has been done before, just so; then it is answered and not refused.</param>
    public RouteHandlerBuilder MapCommand<TBody, TCommand>(IEndpointRouteBuilder routes, string route, string action, Func<TMachine, Event<TCommand>> @event,
        Func<TBody, Caller, ValidationErrors, TCommand?> command, Func<TCommand, object>? facts = null, Func<TSaga, TCommand, bool>? isDone = null) where TBody : class where TCommand : class => routes
        .MapPost(route, async (RouteId id, TBody body, Request request, SagaCommands<TMachine, TSaga> sagas, CancellationToken cancellation) =>
        {
            var message = command(body, request.Caller, new())!;
            return await RaiseAsync(id.Value, @event, message, facts?.Invoke(message), isDone, request, sagas, cancellation);
        })
        .Records(action).Repeatable(Same)
        .Checks<TBody>((body, http) =>
        {
            var errors = new ValidationErrors();
            command(body, Caller.From(http.User), errors);
            return errors;
        });

    private async Task<Results<Ok<TView>, ProblemHttpResult>> RaiseAsync<TCommand>(Guid id, Func<TMachine, Event<TCommand>> @event, TCommand command, object? facts,
        Func<TSaga, TCommand, bool>? isDone, Request request, SagaCommands<TMachine, TSaga> sagas, CancellationToken cancellation) where TCommand : class
    {
        var (outcome, saga) = await sagas.RaiseAsync(id, @event, command, s => MayAct(request.Caller, s), s => request.TakeEntry().Describe(id, Report?.Invoke(s), facts), cancellation);
        if (outcome == CommandOutcome.Elsewhere)
            return Problem.KeptElsewhere(await request.WhereaboutsAsync(Name, (IKept)saga!, cancellation));
        if (outcome == CommandOutcome.NotAllowed && isDone?.Invoke(saga!, command) == true)
            outcome = CommandOutcome.DoneBefore;
        if (outcome == CommandOutcome.DoneBefore)
            request.RecordsNothingNew();
        return outcome switch
        {
            CommandOutcome.Done or CommandOutcome.DoneBefore => TypedResults.Ok(View(saga!, request.Caller)),
            CommandOutcome.NotAllowed => Refused(saga!),
            _ => Problem.NotFound(Name),
        };
    }
}
