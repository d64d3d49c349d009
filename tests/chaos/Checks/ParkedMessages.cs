using RabbitMQ.Client;
using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Checks;

/// <summary>Where messages are that were set aside: in each service's table <c>parked</c>, and in queues that hold such messages.</summary>
internal static class ParkedMessages
{
    public static async Task<IReadOnlyList<ParkedMessage>> ReadAsync(Site site, CancellationToken cancellation)
    {
        var found = new List<ParkedMessage>();
        foreach (var (service, database) in site.Installation.Databases)
            found.AddRange(await EvidenceReader.RowsAsync(database,
                "select message_id, destination, type, error_type, error from parked where state = 'PARKED'",
                r => new ParkedMessage(r.GetGuid(0), service, $"{r.GetString(1)} {r.GetString(2)}: {r.GetString(3)} {r.GetString(4)}"),
                cancellation));
        await using var connection = await new ConnectionFactory { Uri = new Uri(site.Installation.Broker) }.CreateConnectionAsync(cancellation);
        foreach (var queue in await BrokerQueue.AllAsync(site, cancellation))
            if (queue is { IsForParking: true, Messages: > 0 })
                found.AddRange(await LookAsync(connection, queue.Name, cancellation));
        return found;
    }

    /// <summary>Everything in the queue; unacknowledged, it all stays there when the channel closes.</summary>
    private static async Task<IReadOnlyList<ParkedMessage>> LookAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var found = new List<ParkedMessage>();
        while (await channel.BasicGetAsync(queue, autoAck: false, cancellation) is { } delivery)
        {
            var properties = delivery.BasicProperties;
            found.Add(new(Guid.TryParse(properties.MessageId, out var id) ? id : null, queue, $"{properties.Type}: {Header(properties, "MT-Fault-ExceptionType")} {Header(properties, "MT-Fault-Message")}"));
        }
        return found;
    }

    private static string Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true && value is byte[] text ? System.Text.Encoding.UTF8.GetString(text) : "";
}
