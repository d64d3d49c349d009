using System.Collections.Concurrent;
using System.Diagnostics;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Load;

namespace SafeHarbor.Chaos;

/// <summary>Journeys through the public APIs, begun at a steady rate whatever becomes of those before.</summary>
internal sealed class Traffic
{
    private readonly Officer _officer;
    private readonly Journeys _journeys;
    private readonly Ledger _ledger;
    private readonly Random _random;
    private readonly double _rate;
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();

    public Traffic(Site site, double rate, int seed)
    {
        (_officer, _ledger, _rate, _random) = (new Officer(site.Apis), site.Ledger, rate, new Random(seed));
        _journeys = new(_officer, site.Crew) { ReadAgainAfter = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromMinutes(15) };
    }

    /// <summary>Told of each journey whose end the officer has seen.</summary>
    public event Action<Journey>? Ended;

    /// <summary>What did not go as it should.</summary>
    public ConcurrentQueue<string> Surprises { get; } = [];

    public int Begun { get; private set; }

    public int UnderWay => _underWay.Count;

    /// <summary>Begins so many journeys, and more for as long as it is asked to go on.</summary>
    public async Task RunAsync(int atLeast, Func<bool> goesOn, CancellationToken cancellation)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / _rate));
        while (Begun < atLeast || goesOn())
        {
            Begin(Next(), cancellation);
            await beat.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Begins one journey now.</summary>
    public void Begin(ReportKind kind, CancellationToken cancellation)
    {
        Begun++;
        var journey = FollowAsync(kind, cancellation);
        _underWay[journey] = true;
        journey.ContinueWith(done => _underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

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
            Begin(ReportKind.Plain, cancellation);
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

    private async Task FollowAsync(ReportKind kind, CancellationToken cancellation)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var reported = await _officer.ReportAsync(kind, cancellation);
            _ledger.Acknowledge(reported, kind);
            var journey = await _journeys.FollowAsync(kind, reported, cancellation);
            if (journey.HasEnded)
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
