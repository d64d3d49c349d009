using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeHarbor.Load;

/// <summary>Reports encounters and follows each to its end, any number at once.</summary>
public sealed class Journeys : IDisposable
{
    // A crew's command may have been given up, or its webhook never came: the timeline is looked at all the same, now and then.
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(2);

    private readonly Officer _officer;
    private readonly Crew _crew;
    private readonly ConcurrentDictionary<Guid, Progress> _underWay = new();

    public Journeys(Officer officer, Crew crew)
    {
        (_officer, _crew) = (officer, crew);
        crew.Receiver.Received += OnReceived;
        crew.Answered += OnAnswered;
    }

    /// <summary>How long to leave a receipt alone that does not show the end yet; then the next news is waited for.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>A journey that has not ended by then is handed back as it is.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Told when a report was accepted, before its journey has ended.</summary>
    public event Action<Reported>? Accepted;

    /// <summary>Reports a new encounter and returns when its timeline shows the end.</summary>
    public async Task<Journey> RunAsync(ReportKind kind, CancellationToken cancellation)
    {
        var reported = await _officer.ReportAsync(kind, cancellation);
        Accepted?.Invoke(reported);
        return await FollowAsync(kind, reported, cancellation);
    }

    /// <summary>Follows an encounter that was reported here; the crew must have been there from the beginning.</summary>
    public async Task<Journey> FollowAsync(ReportKind kind, Reported reported, CancellationToken cancellation)
    {
        var progress = Of(reported.EncounterId);
        var end = _crew.SeesThrough ? kind.SeenThrough : kind.Accepted;
        var acted = progress.AcceptedAsync(kind.Accepted["handoff.accepted"], kind.Accepted["offer.accepted"]);
        var began = Stopwatch.GetTimestamp();
        var seen = new Dictionary<string, int>();
        string? after = null;
        if (!acted.IsCompleted)
            await Task.WhenAny(acted, Task.Delay(Seldom, cancellation));
        for (var reads = 1; ; reads++)
        {
            after = await _officer.FollowAsync(reported.EncounterId, after, Seldom, seen, cancellation);
            var hasEnded = end.All(step => seen.GetValueOrDefault(step.Key) >= step.Value);
            if (hasEnded || Stopwatch.GetElapsedTime(began) > Patience)
            {
                _underWay.TryRemove(reported.EncounterId, out _);
                return new(reported.EncounterId, kind, reported.Began, reported.Receipt.At, progress.Notified, hasEnded ? Stopwatch.GetTimestamp() : 0, reads, seen);
            }
            await Task.Delay(Pause, cancellation);
        }
    }

    public void Dispose()
    {
        _crew.Receiver.Received -= OnReceived;
        _crew.Answered -= OnAnswered;
    }

    private void OnReceived(Notice notice)
    {
        if (notice is { IsRepetition: false, EncounterId: { } encounter })
            Of(encounter).Heard(notice);
    }

    private void OnAnswered(Command command)
    {
        if (command.About.EncounterId is { } encounter)
            Of(encounter).Did(command);
    }

    private Progress Of(Guid encounter) => _underWay.GetOrAdd(encounter, _ => new());
}
