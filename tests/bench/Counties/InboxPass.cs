using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.Counties;

/// <summary>The work lists: each of their questions in turn, at a steady rate that does not wait for anybody, and the large county's whole list, page after page.</summary>
/// <param name="Answers">By question.</param>
/// <param name="AllMs">Of all questions together.</param>
/// <param name="Pages">How many pages the whole list has.</param>
/// <param name="PageMs">Of its pages.</param>
/// <param name="CpuMs">Processor time of the service and its servers for each question.</param>
/// <param name="OthersPercent">Of a core, what runs beside all this has used.</param>
internal sealed record Inbox(IReadOnlyList<Answered> Answers, Percentiles AllMs, int Pages, Percentiles PageMs, double CpuMs, double OthersPercent)
{
    private const int PerSecond = 50;
    private const int Year = 365 * 24;
    private const string State = "state:ca";
    // Has a fortieth of the handoffs that the large county has.
    private const string SmallCounty = "county:06115";

    /// <param name="stage">Who is asked.</param>
    /// <param name="known">A handoff of the large county, of whose report is asked.</param>
    /// <param name="warmUp">How long is asked before.</param>
    /// <param name="duration">How long is measured.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<Inbox> MeasureAsync(CountyStage stage, Guid known, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellation)
    {
        var (pages, deepest) = await TurnPagesAsync(stage, "", cancellation);
        var (_, lastOpen) = await TurnPagesAsync(stage, "open=true&", cancellation);
        var report = await stage.QueryAsync<Guid>("select report_id from handoffs where correlation_id = $1", cancellation, known);
        var questions = Questions(deepest, lastOpen, report);
        await AtRateAsync(stage, questions, warmUp, cancellation);
        var (meter, cpu) = (OthersMeter.Start(stage), ProcessTree.Milliseconds(stage.Processes));
        var times = await AtRateAsync(stage, questions, duration, cancellation);
        return new([.. times.GroupBy(t => t.Question).Select(asked => new Answered(asked.Key, Percentiles.Of(asked.Select(t => t.Took))))], Percentiles.Of(times.Select(t => t.Took)),
            pages.Count, Percentiles.Of(pages), (ProcessTree.Milliseconds(stage.Processes) - cpu) / times.Count, meter.Percent);
    }

    private static IReadOnlyList<Question> Questions(string deepest, string lastOpen, Guid report) =>
    [
        .. new[]
        {
            "", "limit=200", "open=true", "open=false", "overdue=true", "overdue=false", "state=NOTIFIED", "state=ACKNOWLEDGED", "state=REFERRING",
            "state=ACCEPTED", "state=WITHDRAWN", "urgency=IMMEDIATE", "role=COURTESY", "open=true&urgency=IMMEDIATE&role=DEPENDENCY",
        }.Select(query => new Question(CountyStage.LargeCounty, query)),
        new(CountyStage.LargeCounty, $"since={Ago(1)}", "since an hour ago"), new(CountyStage.LargeCounty, $"since={Ago(Year)}", "since a year ago"),
        new(CountyStage.LargeCounty, $"reportId={report}", "reportId"), new(CountyStage.LargeCounty, $"reportId={Guid.Empty}", "reportId, of none"),
        new(CountyStage.LargeCounty, $"limit=50{deepest}", "the last page"), new(CountyStage.LargeCounty, $"open=true{lastOpen}", "open=true, the last page"),
        new(SmallCounty, "", "a small county"), new(SmallCounty, "open=true", "a small county, open=true"),
        new(State, "", "the state"), new(State, "open=true", "the state, open=true"), new(State, "state=WITHDRAWN", "the state, state=WITHDRAWN"), new(State, $"reportId={report}", "the state, reportId"),
    ];

    private static async Task<IReadOnlyList<(Question Question, TimeSpan Took)>> AtRateAsync(CountyStage stage, IReadOnlyList<Question> questions, TimeSpan duration, CancellationToken cancellation)
    {
        var (began, running) = (Stopwatch.GetTimestamp(), new List<Task<(Question, TimeSpan)>>());
        while (running.Count < duration.TotalSeconds * PerSecond)
        {
            if (TimeSpan.FromSeconds((double)running.Count / PerSecond) - Stopwatch.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellation);
            running.Add(AskAsync(stage, questions[running.Count % questions.Count], cancellation));
        }
        return await Task.WhenAll(running);
    }

    private static string Ago(int hours) => DateTimeOffset.UtcNow.AddHours(-hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static async Task<(Question, TimeSpan)> AskAsync(CountyStage stage, Question question, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = await stage.Apis.GetAsync(ServiceKind.CountyRouting, question.Organization, question.Path, cancellation);
        return answer.IsSuccess ? (question, Stopwatch.GetElapsedTime(began, answer.At)) : throw new InvalidOperationException($"{question.Path} was refused: {answer.Status} {answer.Text}");
    }

    /// <summary>Reads a list to its end, as large pages as there are.</summary>
    /// <returns>How long each page took, and what asks for the last one.</returns>
    private static async Task<(IReadOnlyList<TimeSpan> Pages, string Last)> TurnPagesAsync(CountyStage stage, string filter, CancellationToken cancellation)
    {
        var pages = new List<TimeSpan>();
        for (var after = ""; ;)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await stage.Apis.GetAsync(ServiceKind.CountyRouting, CountyStage.LargeCounty, $"/v1/handoffs?{filter}limit=200{after}", cancellation);
            pages.Add(Stopwatch.GetElapsedTime(began, answer.At));
            if (answer.Json.GetProperty("next").GetString() is not { } next)
                return (pages, after);
            after = $"&after={next}";
        }
    }
}
