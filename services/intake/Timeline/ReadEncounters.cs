using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.Timeline;

/// <summary>A receipt with its timeline.</summary>
public sealed record EncounterView : Receipt
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public EncounterView(EncounterState state, long after) : base(state.Receipt)
    {
        Timeline = [.. state.Timeline.Where(e => e.Sequence > after).Select(e => new TimelineLine(e.Sequence, e.At, e.Type, e.ReportId, e.Data))];
        Next = state.Timeline.Count > 0 ? Math.Max(after, state.Timeline[^1].Sequence) : after;
    }

    public IReadOnlyList<TimelineLine> Timeline { get; }

    /// <summary>Cursor: give it as <c>after</c> to get only what comes later.</summary>
    public long Next { get; }
}

public sealed record TimelineLine(long Sequence, DateTimeOffset At, string Type, Guid? ReportId, [property: JsonConverter(typeof(StoredJson))] string Data);

/// <summary>A page of an agency's encounters.</summary>
/// <param name="Encounters">Receipts, the newest first.</param>
/// <param name="Next">Cursor to what is older; null at the end.</param>
public sealed record EncounterPage(IReadOnlyList<Receipt> Encounters, Guid? Next);

/// <summary>An agency follows its encounters.</summary>
public static class ReadEncounters
{
    /// <summary><c>GET /v1/encounters/{id}?after=&amp;wait=</c>: receipt and timeline, at once or as soon as there is news after the cursor.</summary>
    public static async Task<Results<Ok<EncounterView>, ProblemHttpResult>> GetAsync(Guid encounterId, long? after, int? wait, Caller caller,
        ReceiptReader receipts, TimelineNews news, Store store, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        if (wait is < 0 or > 30)
            errors.AddParameter("wait", "out-of-range", "Seconds to wait for news: 0 to 30.");
        if (after < 0)
            errors.AddParameter("after", "out-of-range", "A cursor is what an earlier answer gave as 'next'. Leave it out to get everything.");
        if (errors.Any)
            return errors.ToProblem();
        var cursor = after ?? 0;
        Task<EncounterState?> LookAsync() => receipts.FindAsync(encounterId, caller, cancellation);
        var state = wait > 0
            ? await news.UntilAsync(encounterId, TimeSpan.FromSeconds(wait.Value), LookAsync, s => s is null || s.Timeline.Any(e => e.Sequence > cursor), cancellation)
            : await LookAsync();
        if (state is null)
            return Problem.NotFound("encounter");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.EncounterRead, time.GetUtcNow(), encounterId), cancellation);
        return TypedResults.Ok(new EncounterView(state, cursor));
    }

    /// <summary><c>GET /v1/encounters?after=&amp;limit=</c>.</summary>
    public static async Task<Results<Ok<EncounterPage>, ProblemHttpResult>> ListAsync(Guid? after, int? limit, Caller caller, ReceiptReader receipts,
        Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (limit is < 1 or > 200)
            return new ValidationErrors().AddParameter("limit", "out-of-range", "A page has 1 to 200 entries, 50 when nothing is said.").ToProblem();
        var size = limit ?? 50;
        var page = await receipts.PageAsync(after, size + 1, caller, cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.EncountersListed, time.GetUtcNow(), facts: new { count = Math.Min(page.Count, size) }), cancellation);
        return TypedResults.Ok(new EncounterPage([.. page.Take(size)], page.Count > size ? page[size - 1].EncounterId : null));
    }
}
