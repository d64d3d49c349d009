using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.Contracts;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Messaging.Parking;

/// <summary>A parked message as an operator sees it. The error's text stays in the database, because it may quote the message.</summary>
/// <param name="ParkedId">Its number here.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Type">Its name on the wire.</param>
/// <param name="Destination">Where it was to be handled (<c>queue:NAME</c>) or sent (<c>exchange:NAME</c>).</param>
/// <param name="Source">Who gave it up.</param>
/// <param name="Error">Kind of the error.</param>
/// <param name="Times">How often it has been parked.</param>
/// <param name="SentAt">When it was first sent.</param>
/// <param name="ParkedAt">When it was last parked.</param>
/// <param name="State">What has become of it.</param>
/// <param name="SettledAt">When it was sent again or given up for good; null until then.</param>
/// <param name="SettledBy">Who did that; null until then.</param>
/// <param name="Body">The message without what could be personal; null in lists.</param>
public sealed record ParkedView(long ParkedId, Guid MessageId, string Type, string Destination, [CodeOf(typeof(ParkedSource))] string Source, string Error, int Times, DateTimeOffset SentAt,
    DateTimeOffset ParkedAt, [CodeOf(typeof(ParkedStates))] string State, DateTimeOffset? SettledAt, string? SettledBy, JsonNode? Body)
{
    internal static ParkedView Of(ParkedRow r, bool withBody) => new(r.Id, r.MessageId, r.Type, r.Destination, r.Source, r.ErrorType, r.Times, r.SentAt, r.ParkedAt,
        r.State, r.SettledAt, r.SettledBy, withBody ? RedactedBody.Of(r.Body) : null);
}

/// <summary><c>/v1/parked</c>: an operator looks at what could not be handled or sent, sends it again or gives it up.</summary>
public static class ParkedEndpoints
{
    /// <summary>Parked messages are those of all counties, so no single county operates them.</summary>
    private const string Operator = Contracts.Organization.State;
    private const string WithTheStatement = "The statement that settles a message writes the entry, when it settles it.";
    private const string Settled = "A message is settled once; asked again, it is answered with what it came to.";

    /// <summary>Maps them. Reading needs the scope <c>operations.read</c>, acting <c>operations.act</c>.</summary>
    public static void MapParked(this IEndpointRouteBuilder routes)
    {
        var parked = routes.Operations().MapGroup("/v1/parked");
        parked.MapGet("", ListAsync).RequireScope("operations.read", kinds: Operator).Records(LedgerActions.ParkedListed).WithName("ListParked");
        parked.MapGet("/{parkedId:long}", GetAsync).RequireScope("operations.read", kinds: Operator).Records(LedgerActions.ParkedRead).WithName("GetParked");
        parked.MapPost("/{parkedId:long}/redrive", RedriveAsync).RequireScope("operations.act", kinds: Operator).RecordsNothing(WithTheStatement).Repeatable(Settled)
            .Problems(StatusCodes.Status409Conflict, "parked-again", "already-settled", "other-installation").WithName("RedriveParked");
        parked.MapPost("/{parkedId:long}/discard", DiscardAsync).RequireScope("operations.act", kinds: Operator).RecordsNothing(WithTheStatement).Repeatable(Settled)
            .Problems(StatusCodes.Status409Conflict, "parked-again", "already-settled").WithName("DiscardParked");
    }

    /// <summary>Lists messages that could not be handled or sent.</summary>
    /// <param name="state">Those in this state; <c>PARKED</c> when nothing is said.</param>
    private static async Task<Results<Ok<Page<ParkedView>>, ProblemHttpResult>> ListAsync(ParkedMessages parked, [AsParameters] PageQuery page, [CodeOf(typeof(ParkedStates))] string? state, Request request,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors);
        if (state is not null && !ParkedStates.All.Contains(state))
            errors.AddUnknownValue("state", state, ParkedStates.All);
        if (errors.Any)
            return errors.ToProblem();
        var found = page.Of(await parked.ListAsync(state ?? ParkedStates.Parked, after ?? 0, page.Size + 1, cancellation), r => ParkedView.Of(r, withBody: false), r => r.Id);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a parked message.</summary>
    private static async Task<Results<Ok<ParkedView>, ProblemHttpResult>> GetAsync(long parkedId, ParkedMessages parked, Request request, CancellationToken cancellation)
    {
        if (await parked.FindAsync(parkedId, cancellation) is not { } row)
            return Problem.NotFound("parked message");
        request.Records(row.MessageId, facts: new { type = row.Type, destination = row.Destination });
        return TypedResults.Ok(ParkedView.Of(row, withBody: true));
    }

    /// <summary>Sends a parked message again.</summary>
    private static async Task<Results<Ok<ParkedView>, ProblemHttpResult>> RedriveAsync(long parkedId, ParkedMessages parked, Caller caller, CancellationToken cancellation)
    {
        await parked.RedriveAsync(parkedId, caller, cancellation);
        return await SettledAsync(parkedId, ParkedStates.Redriven, "Somebody has discarded this message; GET /v1/parked/{parkedId} says who. What it should have done has to be done by hand.", parked, cancellation);
    }

    /// <summary>Gives a parked message up for good.</summary>
    private static async Task<Results<Ok<ParkedView>, ProblemHttpResult>> DiscardAsync(long parkedId, ParkedMessages parked, Caller caller, CancellationToken cancellation)
    {
        await parked.DiscardAsync(parkedId, caller, cancellation);
        return await SettledAsync(parkedId, ParkedStates.Discarded, "The message has been sent again and is not parked any more. GET /v1/parked shows whether it comes back.", parked, cancellation);
    }

    private static async Task<Results<Ok<ParkedView>, ProblemHttpResult>> SettledAsync(long parkedId, string wanted, string otherwise, ParkedMessages parked, CancellationToken cancellation) =>
        await parked.FindAsync(parkedId, cancellation) switch
        {
            null => Problem.NotFound("parked message"),
            var row when row.State == wanted => TypedResults.Ok(ParkedView.Of(row, withBody: false)),
            { State: ParkedStates.Parked, ErrorType: OtherInstallationException.Name } => Problem.Conflict("other-installation",
                "The message is of a sandbox and this installation is none, or the other way round. Find out how it came here, see that nothing else does, and discard it."),
            { State: ParkedStates.Parked } => Problem.Conflict("parked-again", "The message was sent again and has been parked again at once. Look at its error, with GET /v1/parked/{parkedId}, before the next attempt."),
            _ => Problem.Conflict("already-settled", otherwise),
        };
}
