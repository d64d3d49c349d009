using RabbitMQ.Client;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Supervision;

/// <summary>What a service's queues gave up because it killed its consumer again and again: it goes into the service's database, where it never expires.</summary>
internal static class DeadLetters
{
    /// <summary>Parks all that is there now.</summary>
    public static async Task ParkAsync(IChannel channel, string service, ParkedMessages parked, CancellationToken cancellation)
    {
        while (await channel.BasicGetAsync(Topology.DeadLetterQueueOf(service), autoAck: false, cancellation) is { } letter)
        {
            var queue = letter.BasicProperties.Headers?.TryGetValue("x-first-death-queue", out var name) == true && name is byte[] text
                ? System.Text.Encoding.UTF8.GetString(text)
                : Topology.DeadLetterQueueOf(service);
            try
            {
                await parked.ParkAsync(parked.Received(letter.BasicProperties, letter.Body.ToArray(), queue, ParkedSource.Broker, "DeliveryLimit",
                    "Its consumer died again and again while it was being handled."), cancellation);
            }
            catch
            {
                // Given back by a word of ours it is not counted; by the channel's end it would be, and RabbitMQ 4 drops it at the twentieth time.
                await channel.BasicNackAsync(letter.DeliveryTag, multiple: false, requeue: true, CancellationToken.None);
                throw;
            }
            await channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellation);
        }
    }
}
