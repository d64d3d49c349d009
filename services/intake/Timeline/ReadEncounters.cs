using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;

namespace SafeHarbor.Intake.Timeline;

/// <summary>A receipt with its timeline.</summary>
public sealed record EncounterView : Receipt
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EncounterView(EncounterState state, long after, string next) : base(state.Receipt)
    {
        Timeline = [.. state.Timeline.Where(e => e.Sequence > after).Select(e => new TimelineLine(e.Sequence, e.At, e.Type, e.ReportId, e.Data))];
        Next = next;
    }

    /// <summary>What has happened after the cursor, in the order in which it came here.</summary>
    public IReadOnlyList<TimelineLine> Timeline { get; }

    /// <summary>Cursor: give it as <c>after</c> to get only what comes later. A timeline has no end, so it is always there.</summary>
    public string Next { get; }
}

/// <summary>Something that has happened.</summary>
/// <param name="Sequence">Its number in the timeline, from 1.</param>
/// <param name="At">When it happened.</param>
/// <param name="Type">What it was, by the event's name: <c>handoff.accepted.v1</c>.</param>
/// <param name="ReportId">The report that it is about; null when it is about all of the encounter.</param>
/// <param name="Data">The event's further coded facts, as its schema says; nothing that names a person.</param>
public sealed record TimelineLine(long Sequence, DateTimeOffset At, string Type, Guid? ReportId, [property: JsonConverter(typeof(StoredJson))] string Data);

/// <summary>An agency follows its encounters.</summary>
internal static partial class ReadEncounters
{
    private const int LongestWait = 30;

    public static void MapReadEncounters(this IEndpointRouteBuilder routes)
    {
        var encounters = routes.MapGroup("/v1/encounters").RequireScope("encounters.read", kinds: "le");
        encounters.MapGet("", ListAsync).Records(LedgerActions.EncountersListed).WithName("ListEncounters");
        encounters.MapGet("/{encounterId:guid}", GetAsync).Records(LedgerActions.EncounterRead).WithName("GetEncounter");
    }

    /// <summary>Gives an encounter's receipt and timeline, at once or as soon as there is news after the cursor.</summary>
    /// <param name="wait">Seconds to wait for news.</param>
    private static async Task<Results<Ok<EncounterView>, ProblemHttpResult>> GetAsync(Guid encounterId, [AsParameters] PageQuery page, [Range(0, LongestWait)] int? wait, Request request,
        ReceiptReader receipts, TimelineNews news, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors) ?? 0;
        if (wait is < 0 or > LongestWait)
            errors.AddParameter("wait", "out-of-range", $"Seconds to wait for news: 0 to {LongestWait}.");
        if (errors.Any)
            return errors.ToProblem();
        Task<EncounterState?> LookAsync() => receipts.FindAsync(encounterId, request.Caller, cancellation);
        var state = wait > 0
            ? await news.UntilAsync(encounterId, TimeSpan.FromSeconds(wait.Value), LookAsync, s => s is null || s.LastSequence != after, cancellation)
            : await LookAsync();
        if (state is null)
            return Problem.NotFound("encounter");
        if (state.LastSequence < after)
            return PageQuery.Unknown(errors).ToProblem();
        request.Records(encounterId);
        return TypedResults.Ok(new EncounterView(state, after, page.Cursor(state.LastSequence)));
    }

    /// <summary>Lists the agency's encounters, the newest first.</summary>
    /// <param name="incidentNumber">Only those of the incident with this number, as the agency reported it.</param>
    /// <param name="since">Only those that were received at this instant or later; an instant with its offset from UTC.</param>
    private static async Task<Results<Ok<Page<Receipt>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery page, [RegularExpression(Permitted.IncidentNumber)] string? incidentNumber,
        DateTimeOffset? since, Request request, ReceiptReader receipts, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (incidentNumber is not null && !IncidentNumber().IsMatch(incidentNumber))
            errors.AddParameter("incidentNumber", "wrong-form", "Give the number as it was reported: letters, digits and ./_- only, at most 40, of which two are digits.");
        if (errors.Any)
            return errors.ToProblem();
        var found = page.Of(await receipts.PageAsync(after, incidentNumber, since, page.Size + 1, request.Caller, cancellation), r => r, r => r.EncounterId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    [GeneratedRegex($@"\A{Permitted.IncidentNumber}\z")]
    private static partial Regex IncidentNumber();
}
