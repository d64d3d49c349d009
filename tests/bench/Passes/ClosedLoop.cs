using System.Collections.Concurrent;
using SafeHarbor.Load;

namespace SafeHarbor.Bench.Passes;

/// <summary>So many journeys under way at any time: each that ends is followed by the next.</summary>
internal sealed class ClosedLoop
{
    private readonly ConcurrentQueue<Journey> _ended = [];
    private volatile bool _isFull;
    private Task _running = Task.CompletedTask;

    /// <summary>Those that are over, with or without an end.</summary>
    public IEnumerable<Journey> Over => _ended;

    public static ClosedLoop Start(Stage stage, int inFlight, CancellationToken cancellation)
    {
        var loop = new ClosedLoop();
        stage.Journeys.Pause = TimeSpan.FromMilliseconds(200);
        loop._running = Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => loop.RunAsync(stage, cancellation)));
        return loop;
    }

    /// <summary>Begins no more and waits for those under way.</summary>
    public async Task StopAsync()
    {
        _isFull = true;
        await _running;
    }

    private async Task RunAsync(Stage stage, CancellationToken cancellation)
    {
        while (!_isFull)
            _ended.Enqueue(await stage.Journeys.RunAsync(ReportKind.Plain, cancellation));
    }
}
