using System.Threading.Channels;

namespace SafeHarbor.Local.Conformance;

/// <summary>How a case has ended.</summary>
internal enum CaseState
{
    Passed,
    Failed,
    /// <summary>The run was ended before.</summary>
    NotReached,
}

/// <param name="Name">The case.</param>
/// <param name="Result">How it has ended.</param>
/// <param name="Reason">What was not as it should be; null when it passed or was not reached.</param>
/// <param name="Page">The document that says how it is right.</param>
internal sealed record CaseResult(string Name, CaseState Result, string? Reason, string Page);

/// <summary>Plays cases one after the other against whatever comes through the <see cref="Front"/>.</summary>
/// <param name="cases">Which.</param>
/// <param name="patience">How long each may take.</param>
/// <param name="say">Told what to do, and what came of it.</param>
internal sealed class ConformanceRun(IReadOnlyList<ConformanceCase> cases, TimeSpan patience, Action<string> say)
{
    private readonly Lock _lock = new();
    private Channel<Exchange> _exchanges = Channel.CreateUnbounded<Exchange>();
    private List<Exchange> _arrived = [];

    /// <summary>The case that is being played; null before the first and after the last.</summary>
    public ConformanceCase? Current { get; private set; }

    /// <returns>All cases, also those that were not reached.</returns>
    public async Task<IReadOnlyList<CaseResult>> PlayAsync(CancellationToken cancellationToken)
    {
        var results = new List<CaseResult>();
        foreach (var (index, next) in cases.Index())
        {
            if (cancellationToken.IsCancellationRequested)
            {
                results.Add(new(next.Name, CaseState.NotReached, null, next.Page));
                continue;
            }

            say($"[{index + 1}/{cases.Count}] {next.Name}: {next.Todo}");
            var result = await PlayAsync(next, cancellationToken);
            say(result.Result == CaseState.Failed ? $"      FAILED: {result.Reason} See {result.Page}." : $"      {(result.Result == CaseState.Passed ? "passed" : "not reached")}");
            results.Add(result);
        }

        Begin(null);
        return results;
    }

    /// <summary>A request has come: what is to happen to it.</summary>
    public Disturbance? Arrived(Exchange request)
    {
        lock (_lock)
        {
            var disturbance = Current?.Disturb(request, _arrived);
            _arrived.Add(request);
            return disturbance;
        }
    }

    /// <summary>It was answered.</summary>
    public void Answered(Exchange exchange)
    {
        lock (_lock)
            _exchanges.Writer.TryWrite(exchange);
    }

    private async Task<CaseResult> PlayAsync(ConformanceCase current, CancellationToken cancellationToken)
    {
        var exchanges = Begin(current);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var seen = new List<Exchange>();
        try
        {
            while (true)
            {
                seen.Add(await exchanges.ReadAsync(limit.Token));
                if (current.Judge(seen) is { } verdict)
                    return new(current.Name, verdict.Passed ? CaseState.Passed : CaseState.Failed, verdict.Reason, current.Page);
            }
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested
                ? new(current.Name, CaseState.NotReached, null, current.Page)
                : new(current.Name, CaseState.Failed, $"Within {patience.TotalSeconds:0} s: {current.Missing(seen)}", current.Page);
        }
    }

    private ChannelReader<Exchange> Begin(ConformanceCase? current)
    {
        lock (_lock)
        {
            (Current, _arrived, _exchanges) = (current, [], Channel.CreateUnbounded<Exchange>());
            return _exchanges.Reader;
        }
    }
}
