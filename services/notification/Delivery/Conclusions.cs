using System.Diagnostics;
using System.Threading.Channels;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Delivery;

/// <summary>
/// Records what came of attempts. Whatever has come in while the last group was being concluded shares one reading and one commit, each notice
/// once; where few come nothing waits for company. A group that is refused, because somebody else decided about one of its notices meanwhile, is
/// concluded one by one.
/// </summary>
internal sealed partial class Conclusions
{
    private const int Largest = 64;
    private const int Tries = 10;
    private const int Busy = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Conclusion> _arrived = Channel.CreateUnbounded<Conclusion>(new UnboundedChannelOptions { SingleReader = true });
    private readonly UnitStore _store;
    private readonly NoticeReader _notices;
    private readonly DeliveryDecisions _decisions;
    private readonly Wakeup _wakeup;
    private readonly ILogger _log;

    public Conclusions(UnitStore store, NoticeReader notices, DeliveryDecisions decisions, Wakeup wakeup, ILogger<Conclusions> log)
    {
        (_store, _notices, _decisions, _wakeup, _log) = (store, notices, decisions, wakeup, log);
        _ = Task.Run(RunAsync);
    }

    /// <summary>Returns when the outcome is in the database; throws when it cannot be recorded.</summary>
    public Task ConcludeAsync(ClaimedDelivery claimed, AttemptResult result)
    {
        var conclusion = new Conclusion(claimed, result);
        _arrived.Writer.TryWrite(conclusion);
        return conclusion.Recorded;
    }

    private async Task RunAsync()
    {
        var (last, count) = (0L, 0);
        while (await _arrived.Reader.WaitToReadAsync())
        {
            if (count > Busy && Company - Stopwatch.GetElapsedTime(last) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            last = Stopwatch.GetTimestamp();
            var group = Take();
            count = group.Count;
            await RecordAsync(group);
        }
    }

    /// <summary>The next group: in order, no notice twice.</summary>
    private List<Conclusion> Take()
    {
        var group = new List<Conclusion>();
        var notices = new HashSet<Guid>();
        while (group.Count < Largest && _arrived.Reader.TryPeek(out var next) && notices.Add(next.NoticeId))
        {
            _arrived.Reader.TryRead(out _);
            group.Add(next);
        }
        return group;
    }

    private async Task RecordAsync(List<Conclusion> group)
    {
        for (var tries = 1; group.Count > 0; tries++)
        {
            try
            {
                if (await TryRecordAsync(group))
                    group.ForEach(c => c.End());
                else if (group.Count == 1)
                    continue;
                else
                    await RecordEachAsync(group);
                return;
            }
            catch (Exception e) when (Outage.Is(e) && tries < Tries)
            {
                // What the endpoint took should not be sent again only because the database is away for a moment.
                group.ForEach(c => LogNotRecorded(_log, c.Claimed.Delivery.Id, e.GetBaseException().GetType().Name));
                await Task.Delay(Pause);
            }
#pragma warning disable CA1031 // Whoever waits for the outcome gets it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (group.Count > 1 && !Outage.Is(e))
                    await RecordEachAsync(group);
                else
                    group.ForEach(c => c.Fail(e));
                return;
            }
        }
    }

    private async Task RecordEachAsync(List<Conclusion> group)
    {
        foreach (var one in group)
            await RecordAsync([one]);
    }

    /// <summary>False when somebody else decided about one of the notices meanwhile: decide again.</summary>
    private async Task<bool> TryRecordAsync(List<Conclusion> group)
    {
        var known = group.ToDictionary(c => c, c => c.TakeKnown());
        var unknown = group.FindAll(c => known[c] is null);
        var read = unknown.Count == 0 ? null : await _notices.ReadAsync(Reader.Service, [.. unknown.Select(c => c.NoticeId)], CancellationToken.None);
        var unit = new UnitOfWork();
        // By notice, so that two instances meet the same ones in the same order.
        foreach (var conclusion in group.OrderBy(c => c.NoticeId))
        {
            var (claimed, result) = (conclusion.Claimed, conclusion.Result);
            if ((known[conclusion] ?? read?.GetValueOrDefault(conclusion.NoticeId)) is { } reading)
                _decisions.Record(unit, reading.State, claimed.Delivery, result, reading.Now, HasChanged(claimed, result, reading));
            else
                conclusion.Fail(new InvalidOperationException($"Notice {conclusion.NoticeId} is gone while it was delivered."));
        }
        // A failure is due again, perhaps sooner than the worker would look.
        if (!group.TrueForAll(c => c.Result.IsDelivered))
            unit.AfterCommit(_wakeup.Ring);
        return await _store.CommitAsync(unit, CancellationToken.None) is null;
    }

    /// <summary>Whether its owner changed the endpoint during a failed attempt. Disabling what is gone is a change too, but ours.</summary>
    private static bool HasChanged(ClaimedDelivery claimed, AttemptResult result, NoticeReading reading) =>
        !result.IsDelivered
        && reading.Endpoints.TryGetValue(claimed.Delivery.EndpointId, out var now)
        && now.Version != claimed.Endpoint.Version
        && (!result.IsGone || now.State == EndpointStates.Enabled);

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Delivery} cannot be recorded yet ({Error}); it is tried again.")]
    private static partial void LogNotRecorded(ILogger log, Guid delivery, string error);
}
