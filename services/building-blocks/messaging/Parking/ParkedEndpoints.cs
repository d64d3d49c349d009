using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Messaging.Parking;

/// <summary>A parked message as an operator sees it. The error's text stays in the database, because it may quote the message.</summary>
public sealed record ParkedView(long Id, Guid MessageId, string Type, string Destination, string Source, string Error, int Times, DateTimeOffset SentAt,
    DateTimeOffset ParkedAt, string State, DateTimeOffset? SettledAt, string? SettledBy, JsonNode? Body)
{
    internal static ParkedView Of(ParkedRow r, bool withBody) => new(r.Id, r.MessageId, r.Type, r.Destination, r.Source, r.ErrorType, r.Times, r.SentAt, r.ParkedAt,
        r.State.ToUpperInvariant(), r.SettledAt, r.SettledBy, withBody ? RedactedBody.Of(r.Body) : null);
}

/// <summary>Parked messages, the oldest first.</summary>
/// <param name="Items">So many as were asked for.</param>
/// <param name="Next">What to give as <c>after</c> for the following ones; null at the end.</param>
public sealed record ParkedList(IReadOnlyList<ParkedView> Items, long? Next);

/// <summary><c>/v1/parked</c>: an operator looks at what could not be handled or sent, sends it again or gives it up.</summary>
public static class ParkedEndpoints
{
    /// <summary>Parked messages are those of all counties, so no single county operates them.</summary>
    private const string Operator = "state:ca";
    private const int Default = 50;
    private const int Most = 200;
    private static readonly string[] States = ["parked", "redriven", "discarded"];

    /// <summary>Maps them. Reading needs the scope <c>operations.read</c>, acting <c>operations.act</c>.</summary>
    public static void MapParked(this IEndpointRouteBuilder routes)
    {
        var parked = routes.MapGroup("/v1/parked").WithTags("operations");
        parked.MapGet("", ListAsync).RequireScope("operations.read", kinds: Operator).WithName("ListParked");
        parked.MapGet("/{id:long}", GetAsync).RequireScope("operations.read", kinds: Operator).WithName("GetParked");
        parked.MapPost("/{id:long}/redrive", RedriveAsync).RequireScope("operations.act", kinds: Operator).WithName("RedriveParked");
        parked.MapPost("/{id:long}/discard", DiscardAsync).RequireScope("operations.act", kinds: Operator).WithName("DiscardParked");
    }

    private static async Task<IResult> ListAsync(ParkedMessages parked, Caller caller, Store store, TimeProvider time, CancellationToken cancellation, string? state = null, long after = 0, int? limit = null)
    {
        var errors = new ValidationErrors();
        if (limit is < 1 or > Most)
            errors.AddParameter("limit", "out-of-range", $"Give 1 to {Most}.");
        if (state is not null && !States.Contains(state, StringComparer.OrdinalIgnoreCase))
            errors.AddParameter("state", "unknown", "Give PARKED, REDRIVEN or DISCARDED.");
        if (errors.All.Count > 0)
            return errors.ToProblem();
        var size = limit ?? Default;
        var found = await parked.ListAsync(state?.ToLowerInvariant() ?? "parked", after, size + 1, cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.ParkedListed, time.GetUtcNow(), facts: new { count = Math.Min(found.Count, size) }), cancellation);
        return TypedResults.Ok(new ParkedList([.. found.Take(size).Select(r => ParkedView.Of(r, withBody: false))], found.Count > size ? found[size - 1].Id : null));
    }

    private static async Task<IResult> GetAsync(long id, ParkedMessages parked, Caller caller, Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (await parked.FindAsync(id, cancellation) is not { } row)
            return Problem.NotFound("parked message");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.ParkedRead, time.GetUtcNow(), row.MessageId, facts: new { type = row.Type, destination = row.Destination }), cancellation);
        return TypedResults.Ok(ParkedView.Of(row, withBody: true));
    }

    private static async Task<IResult> RedriveAsync(long id, ParkedMessages parked, Caller caller, CancellationToken cancellation)
    {
        await parked.RedriveAsync(id, caller, cancellation);
        return await SettledAsync(id, "redriven", "Somebody has discarded this message; what it should have done has to be done by hand.", parked, cancellation);
    }

    private static async Task<IResult> DiscardAsync(long id, ParkedMessages parked, Caller caller, CancellationToken cancellation)
    {
        await parked.DiscardAsync(id, caller, cancellation);
        return await SettledAsync(id, "discarded", "The message has been sent again and is not parked any more; look whether it comes back.", parked, cancellation);
    }

    private static async Task<IResult> SettledAsync(long id, string wanted, string otherwise, ParkedMessages parked, CancellationToken cancellation) =>
        await parked.FindAsync(id, cancellation) switch
        {
            null => Problem.NotFound("parked message"),
            var row when row.State == wanted => TypedResults.Ok(ParkedView.Of(row, withBody: false)),
            { State: "parked" } => Problem.Conflict("parked-again", "The message was sent again and has been parked again at once. Look at its error before the next attempt."),
            _ => Problem.Conflict("already-settled", otherwise),
        };
}
