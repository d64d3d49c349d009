using SafeHarbor.Local;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Counties;

/// <summary>What counties ask, and what they are told in time.</summary>
internal sealed record CountyFigures
{
    // A step every tenth of a second.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>How many handoffs were in the database.</summary>
    public required int Handoffs { get; init; }
    public required Inbox Inbox { get; init; }
    public required Explained Explained { get; init; }
    /// <summary>How many open handoffs had a timer.</summary>
    public required int Waiting { get; init; }
    public required Escalations Steps { get; init; }
    /// <summary>Many in the same instant.</summary>
    public required Escalations Burst { get; init; }

    public static async Task<CountyFigures> MeasureAsync(Settings settings, Action<string> say, CancellationToken cancellation)
    {
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(Checkout.Find()), say, cancellation);
        say(servers.Origin);
        return await MeasureAsync(settings, servers, say, cancellation);
    }

    /// <summary>The same on servers that are there.</summary>
    public static async Task<CountyFigures> MeasureAsync(Settings settings, ServerPair servers, Action<string> say, CancellationToken cancellation)
    {
        var (count, checkout) = (settings.Counties, Checkout.Find());
        await using var stage = await CountyStage.OpenAsync(checkout, servers, cancellation);
        var (open, closed) = await stage.OpenTwoAsync(cancellation);
        var handoffs = new ManyHandoffs(stage, open, closed);
        say($"Making {count} handoffs ...");
        await handoffs.MakeAsync(count, cancellation);
        say($"Work lists, {settings.Measured.TotalSeconds} s ...");
        var inbox = await Inbox.MeasureAsync(stage, closed, settings.WarmUp, settings.Measured, cancellation);
        say($"Explanations, {settings.Measured.TotalSeconds} s ...");
        var explained = await Explained.MeasureAsync(stage, settings.WarmUp, settings.Measured, cancellation);
        var (waiting, burst) = (count / 10, Math.Max(1, count / 400));
        say($"Making {waiting} more that wait ...");
        await handoffs.WaitingAsync(waiting, cancellation);
        say("Steps ...");
        return new()
        {
            Handoffs = count,
            Inbox = inbox,
            Explained = explained,
            Waiting = waiting,
            Steps = await Escalations.MeasureAsync(stage, Math.Max(1, (int)(settings.Measured / Every / 2)), Every, cancellation),
            Burst = await Escalations.MeasureAsync(stage, burst, TimeSpan.Zero, cancellation),
        };
    }
}
