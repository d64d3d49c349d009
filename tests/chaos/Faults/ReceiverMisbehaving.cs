using SafeHarbor.Load;

namespace SafeHarbor.Chaos.Faults;

/// <summary>The counties' and providers' receiver answers webhooks in none but these ways; of several, each webhook meets one.</summary>
internal sealed class ReceiverMisbehaving(WebhookReceiver receiver, params Reception[] ways) : Fault
{
    // Who hangs does so for longer than the ten seconds that a receiver has to answer in.
    public override TimeSpan Lasts => TimeSpan.FromSeconds(ways.Contains(Reception.Hang) ? 12 : 8);

    public override Task InjectAsync(CancellationToken cancellation)
    {
        receiver.Behavior = (_, webhook) => ways[(webhook.Length > 0 ? webhook[^1] : 0) % ways.Length];
        return Task.CompletedTask;
    }

    public override Task HealAsync(CancellationToken cancellation)
    {
        receiver.Behavior = (_, _) => Reception.Take;
        return Task.CompletedTask;
    }

    public override string ToString() => $"webhook receiver: {string.Join(" or ", ways)}";
}
