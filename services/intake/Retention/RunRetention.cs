using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Retention;

/// <summary>What would be destroyed.</summary>
/// <param name="At">At this time.</param>
/// <param name="Count">How many reports.</param>
/// <param name="Counties">How many by each county's time.</param>
/// <param name="Reports">Those that are due for longest, as many as were asked for.</param>
/// <param name="Rules">What it rests on.</param>
public sealed record DueAnswer(DateTimeOffset At, long Count, IReadOnlyList<DueCount> Counties, IReadOnlyList<DueReport> Reports, IReadOnlyList<CitedRule> Rules);

/// <summary>What a run came to.</summary>
/// <param name="At">When it was.</param>
/// <param name="Ordered">What it ordered to be destroyed.</param>
/// <param name="Unfinished">How many orders wait for the key store; they are carried out without being asked for again.</param>
/// <param name="More">Whether more may be due: run it again.</param>
public sealed record RunAnswer(DateTimeOffset At, IReadOnlyList<DueReport> Ordered, int Unfinished, bool More);

/// <summary><c>GET /v1/retention/due?at=&amp;limit=</c>, the dry run, and <c>POST /v1/retention/run?limit=</c>.</summary>
internal static class RunRetention
{
    private const int Most = 1000;

    public static void MapRunRetention(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/retention/due", DueAsync).RequireScope("retention.act", kinds: "state").Records(LedgerActions.RetentionPreviewed).WithName("PreviewRetention");
        routes.MapPost("/v1/retention/run", RunAsync).RequireScope("retention.act", kinds: "state")
            .RecordsNothing("Each report that it destroys has entries of its own, in the transactions that order and confirm it.").Repeatable("What was destroyed is not due any more.").WithName("RunRetention");
    }

    /// <summary>Shows what would be destroyed, and destroys nothing.</summary>
    /// <param name="at">At which time; now when it is left out.</param>
    /// <param name="limit">How many reports to show; 100 when nothing is said.</param>
    private static async Task<Results<Ok<DueAnswer>, ProblemHttpResult>> DueAsync(DateTimeOffset? at, [Range(1, Most)] int? limit, Request request, DueReports due, LawRegister law,
        TimeProvider time, CancellationToken cancellation)
    {
        if (Wrong(limit) is { } problem)
            return problem;
        var then = at ?? time.GetUtcNow();
        var counties = await due.CountAsync(then, cancellation);
        var reports = await due.FindAsync(then, limit ?? 100, cancellation);
        var count = counties.Sum(c => c.Reports);
        request.Records(facts: new { at = then, count });
        return TypedResults.Ok(new DueAnswer(then, count, counties, reports, law.For(RuleUses.Retention)));
    }

    /// <summary>Destroys the keys of reports whose details have been kept long enough.</summary>
    /// <param name="limit">How many reports at most; 100 when nothing is said.</param>
    private static async Task<Results<Ok<RunAnswer>, ProblemHttpResult>> RunAsync([Range(1, Most)] int? limit, Caller caller, DestroyReports reports, TimeProvider time, CancellationToken cancellation)
    {
        if (Wrong(limit) is { } problem)
            return problem;
        var most = limit ?? 100;
        var now = time.GetUtcNow();
        var (ordered, unfinished) = await reports.RunAsync(most, caller, cancellation);
        return TypedResults.Ok(new RunAnswer(now, ordered, unfinished, ordered.Count == most));
    }

    private static ProblemHttpResult? Wrong(int? limit) => limit is < 1 or > Most
        ? new ValidationErrors().AddParameter("limit", "out-of-range", $"Give 1 to {Most} reports, 100 when nothing is said.").ToProblem()
        : null;
}
