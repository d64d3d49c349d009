using System.Collections.Concurrent;
using System.Diagnostics;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Load;

namespace SafeHarbor.Chaos;

/// <summary>Journeys through the public APIs, begun at a steady rate whatever becomes of those before.</summary>
internal sealed class Traffic : IDisposable
{
    private readonly Officer _officer;
    private readonly Journeys _journeys;
    private readonly Ledger _ledger;
    private readonly Random _random;
    private readonly double _rate;
    private int _begun, _underWay;

    public Traffic(Site site, double rate, int seed)
    {
        (_officer, _ledger, _rate, _random) = (new Officer(site.Apis), site.Ledger, rate, new Random(seed));
        _journeys = new(_officer, site.Crew) { Pause = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromMinutes(15) };
    }

    /// <summary>Told of each journey whose end the officer has seen.</summary>
    public event Action<Journey>? Ended;

    /// <summary>What did not go as it should.</summary>
    public ConcurrentQueue<string> Surprises { get; } = [];

    public int Begun => _begun;

    public int UnderWay => _underWay;

    /// <summary>Begins so many journeys, and more for as long as it is asked to go on.</summary>
    public async Task RunAsync(int atLeast, Func<bool> goesOn, CancellationToken cancellation)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / _rate));
        while (_begun < atLeast || goesOn())
        {
            _ = BeginAsync(Next(), cancellation);
            await beat.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Runs journeys of every kind to their end: what has never been executed takes its time, and that is no recovery.</summary>
    public Task WarmUpAsync(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Repeat(ReportKind.All, 3).SelectMany(kinds => kinds).Select(kind => BeginAsync(kind, cancellation)))
            .WaitAsync(TimeSpan.FromMinutes(2), cancellation);

    /// <summary>The first end of a journey that was begun after the moment; null when there is none in time.</summary>
    public async Task<TimeSpan?> UntilAnEndAsync(long after, TimeSpan patience, CancellationToken cancellation)
    {
        var seen = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Journey journey)
        {
            if (journey.Began >= after)
                seen.TrySetResult(Stopwatch.GetElapsedTime(after, journey.Ended));
        }

        Ended += Look;
        try
        {
            _ = BeginAsync(ReportKind.Plain, cancellation);
            return await seen.Task.WaitAsync(patience, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            Ended -= Look;
        }
    }

    public void Dispose() => _journeys.Dispose();

    private async Task BeginAsync(ReportKind kind, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _underWay);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var reported = await _officer.ReportAsync(kind, cancellation);
            _ledger.Acknowledge(reported, kind);
            var journey = await _journeys.FollowAsync(kind, reported, cancellation);
            if (!journey.HasEnded)
                return;
            _ledger.End(journey);
            Ended?.Invoke(journey);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            Surprises.Enqueue(e.Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The run is over; the databases tell how far it came.
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    // Mostly the plain kind; the others so that the desk, a county line, declined and expired offers are under way too.
    private ReportKind Next() => _random.Next(10) switch
    {
        0 => ReportKind.ThreeNeeds,
        1 => ReportKind.CountyLine,
        2 => ReportKind.PlaceUnknown,
        3 => ReportKind.Reluctance,
        _ => ReportKind.Plain,
    };
}
