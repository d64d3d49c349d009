using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Architecture.Tests.Contributing;

// What CONTRIBUTING.md shows, compiled; ContributingTests holds one against the other.

internal static class AddNote
{
    public sealed record NewNote(string? Text);

    public static void MapAddNote(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/notes", HandleAsync)
        .RequireScope("notes.write", kinds: "county").Records("note.added").Idempotent().Checks<NewNote>(Check).WithName("AddNote");

    private static ValidationErrors Check(NewNote body, HttpContext http) =>
        string.IsNullOrWhiteSpace(body.Text) ? new ValidationErrors().Add("/text", "required", "Say what is to be noted.") : new();

    private static async Task<Results<Created<Note>, ProblemHttpResult>> HandleAsync(NewNote body, Request request, TimeProvider time, CancellationToken cancellation)
    {
        var note = new Note(Guid.CreateVersion7(), request.Caller.Organization, body.Text!, time.GetUtcNow());
        var answer = TypedResults.Created($"/v1/notes/{note.NoteId}", note);
        request.Unit.Add(note);
        request.Records(note.NoteId);
        return await request.CommitAsync(answer, cancellation) is null ? answer : Problem.StillRunning();
    }
}

internal static class ListNotes
{
    public static void MapListNotes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/notes", HandleAsync).RequireScope("notes.read", kinds: "county").Records("notes.listed").WithName("ListNotes");

    private static async Task<Results<Ok<Page<Note>>, ProblemHttpResult>> HandleAsync([AsParameters] PageQuery page, Request request, NotesDb db, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var owner = request.Caller.Organization;
        var found = page.Of(await db.Notes.Where(n => n.Owner == owner && (after == null || n.NoteId > after))
            .OrderBy(n => n.NoteId).Take(page.Size + 1).ToListAsync(cancellation), n => n, n => n.NoteId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }
}

internal static class CloseErrand
{
    private static readonly SagaResource<ErrandMachine, Errand, ErrandView> Errands = new("errand",
        MayAct: (caller, errand) => errand.Owner == caller.Organization,
        View: (errand, _) => new(errand.CorrelationId, errand.CurrentState),
        Refused: _ => Problem.Conflict("errand-open", "The errand has not begun. Wait until it has."));

    public static void MapCloseErrand(this IEndpointRouteBuilder routes) => Errands
        .MapCommand(routes, "/v1/errands/{errandId:guid}/close", "errand.closed", m => m.Closing, caller => new Close(caller.Subject))
        .RequireScope("errands.act", kinds: "county").WithName("CloseErrand").WithSummary("Closes an errand.");
}

/// <summary>An errand was closed. Published by county-routing.</summary>
[Message("errand.closed.v1", From = [Services.CountyRouting], To = [Queues.Referral])]
public sealed record ErrandClosed : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
}

internal sealed record Note(Guid NoteId, Organization Owner, string Text, DateTimeOffset At);

internal sealed class NotesDb(DbContextOptions<NotesDb> options) : ServiceDb(options)
{
    public DbSet<Note> Notes => Set<Note>();
}

/// <summary>Raised by a request.</summary>
public sealed record Close(string By);

/// <summary>What its owner sees.</summary>
public sealed record ErrandView(Guid ErrandId, string State);

/// <summary>An errand's state.</summary>
public sealed class Errand : ITimedSaga
{
    /// <inheritdoc/>
    public Guid CorrelationId { get; set; }
    /// <inheritdoc/>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    /// <summary>Whose it is.</summary>
    public Organization Owner { get; set; } = null!;
}

/// <summary>Begun → Closed.</summary>
public sealed class ErrandMachine : SagaMachine<Errand>
{
    /// <summary>The machine.</summary>
    public ErrandMachine()
    {
        OnCommand(() => Closing);
        During(Begun, When(Closing).TransitionTo(Closed));
        During(Closed, Ignore(Closing));
    }

    /// <summary>It goes on.</summary>
    public State Begun { get; private set; } = null!;
    /// <summary>It is done.</summary>
    public State Closed { get; private set; } = null!;
    /// <summary>Its owner closes it.</summary>
    public Event<Close> Closing { get; private set; } = null!;
}
