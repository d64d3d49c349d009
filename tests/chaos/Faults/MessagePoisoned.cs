using System.Text;
using RabbitMQ.Client;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Contracts;

namespace SafeHarbor.Chaos.Faults;

/// <summary>A message that nobody can read, in one subscriber's queue: it must end parked, and stop nothing.</summary>
/// <param name="site">The installation.</param>
/// <param name="subscription">Whose queue.</param>
/// <param name="isJson">JSON without what the message must have, or no JSON at all.</param>
internal sealed class MessagePoisoned(Site site, Subscription subscription, bool isJson) : Fault
{
    public override async Task InjectAsync(CancellationToken cancellation)
    {
        var id = Guid.NewGuid();
        var properties = new BasicProperties
        {
            MessageId = id.ToString("D"),
            Type = WireNameAttribute.Of(subscription.Messages[0]),
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>(),
        };
        var body = isJson ? """{"note":"This lacks all that it must have."}""" : "This is no JSON.";
        await using var connection = await new ConnectionFactory { Uri = new Uri(site.Installation.Broker) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        // First: what is in the ledger and was never sent shows as missing, and not the other way round.
        site.Ledger.Poisoned(id, subscription.Queue);
        await channel.BasicPublishAsync("", subscription.Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body), cancellation);
    }

    public override string ToString() => $"a message {(isJson ? "without its members" : "that is no JSON")} in {subscription.Queue}";
}
