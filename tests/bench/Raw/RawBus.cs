using System.Collections.Concurrent;
using MassTransit;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Bench.Raw;

/// <summary>A message of a raw journey, as long as a real one.</summary>
public sealed record RawMessage(Guid Journey, int Hop, string Padding);

/// <summary>
/// The system's exchanges and queues with MassTransit alone, in one process: it publishes with confirms, consumes, and keeps nothing in a
/// database. What a journey's messages cost at least.
/// </summary>
internal sealed class RawBus : IAsyncDisposable
{
    private static readonly int Overhead = WireFormat.Serialize(new RawMessage(Guid.Empty, 10, "")).Length;
    private readonly ConcurrentDictionary<Guid, Flight> _underWay = new();
    private readonly IBusControl _bus;
    private ISendEndpoint[] _destinations = [];

    private RawBus(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ClearSerialization();
        rabbit.UseRawJsonSerializer(isDefault: true);
        foreach (var subscription in Subscriptions.All)
            rabbit.ReceiveEndpoint(subscription.Queue, endpoint => Configure(endpoint, subscription.Queue));
    });

    public static async Task<RawBus> StartAsync(Uri broker, CancellationToken cancellation)
    {
        await using (var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellation))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellation))
            await Topology.DeclareAsync(channel, cancellation);
        var raw = new RawBus(broker);
        await raw._bus.StartAsync(cancellation);
        raw._destinations = await Task.WhenAll(Chain.Hops.Select(hop => raw._bus.GetSendEndpoint(AddressOf(hop))));
        return raw;
    }

    /// <summary>Publishes the first message and returns when the last delivery was made.</summary>
    public async Task RunJourneyAsync(CancellationToken cancellation)
    {
        var (id, flight) = (Guid.NewGuid(), new Flight(Chain.Deliveries));
        _underWay[id] = flight;
        await SendAsync(id, 0, cancellation);
        await flight.Landed.WaitAsync(TimeSpan.FromSeconds(60), cancellation);
        _underWay.TryRemove(id, out _);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _bus.StopAsync(patience.Token);
    }

    private void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = 64;
        foreach (var (name, value) in Topology.QueueArguments(Queues.ServiceOf(queue)))
            endpoint.SetQueueArgument(name, value);
        endpoint.Handler<RawMessage>(context => HandleAsync(queue, context.Message, context.CancellationToken));
    }

    private async Task HandleAsync(string queue, RawMessage message, CancellationToken cancellation)
    {
        if (!_underWay.TryGetValue(message.Journey, out var flight))
            return;
        try
        {
            await Task.WhenAll(Chain.Following(message.Hop, queue).Select(next => SendAsync(message.Journey, next, cancellation)));
            flight.Delivered();
        }
        catch (Exception e)
        {
            flight.Crash(e);
            throw;
        }
    }

    private Task SendAsync(Guid journey, int hop, CancellationToken cancellation) =>
        _destinations[hop].Send(new RawMessage(journey, hop, new('x', Chain.Hops[hop].Bytes - Overhead)), cancellation);

    // Every queue has an exchange of its name before it; by "queue:" MassTransit would declare the queue again, with arguments of its own.
    private static Uri AddressOf(Hop hop) => new($"exchange:{hop.Queue ?? "safeharbor." + WireNameAttribute.Of(hop.Event!)}?type=fanout");

    private sealed class Flight(int deliveries)
    {
        private readonly TaskCompletionSource _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = deliveries;

        public Task Landed => _landed.Task;

        public void Crash(Exception why) => _landed.TrySetException(why);

        public void Delivered()
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _landed.TrySetResult();
        }
    }
}
