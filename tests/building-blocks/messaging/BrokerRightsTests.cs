using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What a service's user gets at the broker, by real connections: its own queues and messages, and nothing of the others'.</summary>
public sealed class BrokerRightsTests : IAsyncLifetime
{
    private const string Others = "county-routing-handoff";

    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await TestBroker.CreateAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _broker.DisposeAsync();

    [Fact]
    public async Task A_service_finds_its_place_once_everything_is_declared_and_says_what_to_do_before()
    {
        await using var intake = await IntakeAsync();
        await using (var early = await intake.CreateChannelAsync(cancellationToken: Cancellation))
            (await Should.ThrowAsync<InvalidOperationException>(Topology.EnsureAsync(early, "intake", Cancellation))).Message.ShouldContain("migrate");
        await DeclareAsync();

        foreach (var service in Services.All)
        {
            await using var connection = await ConnectAsync(await _broker.AddressOfAsync(service, Cancellation));
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
            await Topology.EnsureAsync(channel, service, Cancellation);
            foreach (var message in Publications.Of(service))
                await channel.BasicPublishAsync(BrokerNames.ExchangeOf(message), "", Array.Empty<byte>(), Cancellation);
            // It would have been closed by now.
            await channel.QueueDeclarePassiveAsync(Topology.DeadLetterQueueOf(service), Cancellation);
        }
    }

    [Fact]
    public async Task A_service_makes_its_own_queue_again_when_somebody_has_deleted_it()
    {
        await DeclareAsync();
        await using var admin = await ConnectAsync(_broker.Address);
        await using var away = await admin.CreateChannelAsync(cancellationToken: Cancellation);
        await away.QueueDeleteAsync("intake-timeline", cancellationToken: Cancellation);
        await using var intake = await IntakeAsync();
        await using var channel = await intake.CreateChannelAsync(cancellationToken: Cancellation);

        await Topology.EnsureAsync(channel, "intake", Cancellation);

        (await channel.QueueDeclarePassiveAsync("intake-timeline", Cancellation)).MessageCount.ShouldBe(0u);
    }

    [Fact]
    public async Task Nothing_of_anothers_is_read_written_changed_or_deleted()
    {
        await DeclareAsync();
        await using var intake = await IntakeAsync();
        var handoffs = BrokerNames.ExchangeOf(typeof(Contracts.CountyRouting.HandoffOpened));
        var notices = BrokerNames.ExchangeOf(typeof(Contracts.Notification.NoticeRequested));

        await RefusedAsync(intake, c => c.BasicGetAsync(Others, autoAck: true, Cancellation));
        await RefusedAsync(intake, c => c.BasicConsumeAsync(Others, autoAck: true, new AsyncDefaultBasicConsumer(c), Cancellation));
        await RefusedAsync(intake, c => c.QueuePurgeAsync(Others, Cancellation));
        await RefusedAsync(intake, c => c.QueueDeleteAsync(Others, cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.ExchangeDeleteAsync(Others, cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.ExchangeDeleteAsync(handoffs, cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.QueueUnbindAsync(Others, Others, "", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.ExchangeUnbindAsync(Others, handoffs, "", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.ExchangeBindAsync("intake-clock", notices, "", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.QueueBindAsync("intake-clock", Others, "", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.QueueDeclareAsync("something-new", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => c.ExchangeDeclareAsync("something-new", "fanout", cancellationToken: Cancellation));
        await RefusedAsync(intake, c => PublishAsync(c, handoffs, ""));
        await RefusedAsync(intake, c => PublishAsync(c, Others, ""));
        await RefusedAsync(intake, c => PublishAsync(c, "", Others));
    }

    [Fact]
    public async Task A_node_finds_its_place_and_binds_and_reads_nothing_but_its_own()
    {
        await DeclareAsync();
        var node = new Node("los-angeles", [Organization.Parse("county:06037")]);
        var (queue, entrance) = (node.QueueOf(Queues.Handoff), BrokerNames.EntranceOf(Queues.Handoff));
        await using var connection = await ConnectAsync(await _broker.AddressOfAsync(node, Cancellation));
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation))
        {
            await Topology.EnsureAsync(channel, Services.CountyRouting, Cancellation, node);
            await channel.QueueUnbindAsync(queue, entrance, "county:06037", cancellationToken: Cancellation);
            await channel.QueueBindAsync(queue, entrance, "county:06037", cancellationToken: Cancellation);
            foreach (var message in Publications.OfNodes)
                await channel.BasicPublishAsync(BrokerNames.ExchangeOf(message), "", Array.Empty<byte>(), Cancellation);
            (await channel.BasicGetAsync(queue, autoAck: true, Cancellation)).ShouldBeNull();
        }

        foreach (var key in (string[])["county:06059", "node:orange", "#", "*", ""])
        {
            await RefusedAsync(connection, c => c.QueueBindAsync(queue, entrance, key, cancellationToken: Cancellation));
            await RefusedAsync(connection, c => c.ExchangeBindAsync(queue, entrance, key, cancellationToken: Cancellation));
        }
        foreach (var message in Publications.Of(Services.CountyRouting).Except(Publications.OfNodes))
            await RefusedAsync(connection, c => PublishAsync(c, BrokerNames.ExchangeOf(message), ""));
        await RefusedAsync(connection, c => PublishAsync(c, entrance, "county:06037"));
        await RefusedAsync(connection, c => PublishAsync(c, Others, ""));
        await RefusedAsync(connection, c => c.BasicGetAsync(Others, autoAck: true, Cancellation));
        await RefusedAsync(connection, c => c.QueueBindAsync(queue, BrokerNames.ExchangeOf(typeof(Contracts.CountyRouting.HandoffOpened)), "", cancellationToken: Cancellation));
        await RefusedAsync(connection, c => c.ExchangeDeleteAsync(entrance, cancellationToken: Cancellation));
    }

    private static async Task PublishAsync(IChannel channel, string exchange, string routingKey)
    {
        await channel.BasicPublishAsync(exchange, routingKey, Array.Empty<byte>(), Cancellation);
        await channel.QueueDeclarePassiveAsync("intake-clock", Cancellation);
    }

    private static async Task RefusedAsync(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await Should.ThrowAsync<RabbitMQClientException>(() => act(channel));
        channel.CloseReason!.ReplyCode.ShouldBe((ushort)Constants.AccessRefused);
    }

    private async Task DeclareAsync()
    {
        await using var admin = await ConnectAsync(_broker.Address);
        await using var channel = await admin.CreateChannelAsync(cancellationToken: Cancellation);
        await Topology.DeclareAsync(channel, Cancellation);
    }

    private async Task<IConnection> IntakeAsync() => await ConnectAsync(await _broker.AddressOfAsync("intake", Cancellation));

    private static Task<IConnection> ConnectAsync(string address) => new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync(Cancellation);
}
