using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Notices;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A message with an addressee reaches its queue through a keyed exchange: whoever has bound its key gets it, else the statewide queue does.</summary>
public sealed class AddressingTests : MessagingTest
{
    [Fact]
    public async Task What_nobody_has_bound_goes_to_the_statewide_queue_once()
    {
        await using var sender = await Start(_ => { });
        await Publish(sender, Sample.Opened());
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "it is sent", Cancellation);

        foreach (var queue in (string[])[Queues.Handoff, Queues.Referral, Queues.Timeline])
            (await Broker.PeekAsync(TheBroker, queue, Cancellation)).ShouldHaveSingleItem(queue);
    }

    [Fact]
    public async Task Whoever_has_bound_the_key_gets_it_in_the_place_of_the_statewide_queue_and_the_others_get_it_as_before()
    {
        await using var sender = await Start(_ => { });
        await BindAsync("elsewhere", "county:06037");
        var (theirs, others) = (Sample.Opened(), Sample.Opened() with { Organization = Organization.Parse("county:06059") });
        await Publish(sender, theirs, others);
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "both are sent", Cancellation);

        (await HandoffsAsync("elsewhere")).ShouldBe([theirs.HandoffId]);
        (await HandoffsAsync(Queues.Handoff)).ShouldBe([others.HandoffId]);
        (await HandoffsAsync(Queues.Referral)).Count.ShouldBe(2);
        (await HandoffsAsync(Queues.Timeline)).Count.ShouldBe(2);
    }

    [Fact]
    public void The_key_is_kept_with_the_message_and_is_no_member_of_it()
    {
        var unit = new UnitOfWork();
        unit.Publish(Sample.Opened());
        unit.Publish(Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));

        var rows = unit.Writes.Select(w => w.Row).Cast<OutboxRow>().ToList();
        rows.Select(r => r.RoutingKey).ShouldBe(["county:06037", null]);
        System.Text.Encoding.UTF8.GetString(rows[0].Body).ShouldNotContain("\"key\"");
    }

    [Fact]
    public async Task A_binding_that_comes_and_goes_under_load_loses_and_doubles_nothing_and_leaves_each_encounters_order()
    {
        const int Encounters = 40, Each = 25;
        await using var sender = await Start(_ => { });
        await BindAsync("elsewhere", "county:06037");
        var encounters = Enumerable.Range(0, Encounters).Select(_ => Guid.NewGuid()).ToList();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var changes = ComeAndGoAsync("elsewhere", "county:06037", done.Token);
        for (var i = 0; i < Each; i++)
        {
            await Publish(sender, [.. encounters.Select(e => Sample.Opened(encounter: e) with { Rule = $"{i:D3}" })]);
            await Task.Delay(10, Cancellation);
        }
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "everything is sent", Cancellation);
        await done.CancelAsync();
        (await changes).ShouldBeGreaterThan(10);

        var (statewide, elsewhere) = (await DrainAsync(Queues.Handoff), await DrainAsync("elsewhere"));

        statewide.Count.ShouldBeGreaterThan(0);
        elsewhere.Count.ShouldBeGreaterThan(0);
        statewide.Concat(elsewhere).Order().ShouldBe(encounters.SelectMany(e => Enumerable.Range(0, Each).Select(i => (e, $"{i:D3}"))).Order(), "each went to exactly one of the two");
        foreach (var queue in (IReadOnlyList<(Guid Encounter, string Rule)>[])[statewide, elsewhere])
            foreach (var encounter in queue.GroupBy(m => m.Encounter))
                encounter.Select(m => m.Rule).ShouldBe(encounter.Select(m => m.Rule).Order(StringComparer.Ordinal), "an encounter's messages keep their order");
    }

    [Fact]
    public async Task A_nodes_saga_its_timer_and_its_notices_stay_at_the_node()
    {
        Told.AlarmAfter = TimeSpan.FromMilliseconds(100);
        await using var statewide = await Start(Saga);
        await using var database = await TestDatabase.MigratedAsync<TestDb>(Cancellation);
        await using var node = await StartNodeAsync(database);
        var (theirs, others) = (Sample.Opened(), Sample.Opened() with { Organization = Organization.Parse("county:06059") });

        await Publish(statewide, theirs, others);

        await node.EventuallyAsync($"select count(*) from errands where correlation_id = '{theirs.HandoffId}' and current_state = 'LATE'", n => n == 1, "the node's timer rings", Cancellation);
        await statewide.EventuallyAsync($"select count(*) from errands where correlation_id = '{others.HandoffId}' and current_state = 'LATE'", n => n == 1, "so does the statewide system's", Cancellation);
        (await node.ScalarAsync<long>("select count(*) from errands", Cancellation)).ShouldBe(1);
        (await statewide.ScalarAsync<long>("select count(*) from errands", Cancellation)).ShouldBe(1);
        NoticeOf(node).Keeper.ShouldBe("node:los-angeles");
        NoticeOf(statewide).Keeper.ShouldBeNull();
    }

    [Fact]
    public async Task A_nodes_queue_that_is_gone_leaves_its_messages_to_the_statewide_system_until_it_is_declared_again()
    {
        await using var database = await TestDatabase.MigratedAsync<TestDb>(Cancellation);
        await using var node = await StartNodeAsync(database, ("Messaging:WatchSeconds", "0.2"));
        await using var sender = await Start(_ => { });
        await Publish(sender, Sample.Opened());
        await node.EventuallyAsync("select count(*) from errands", n => n == 1, "it works", Cancellation);
        await using (var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation))
            await channel.QueueDeleteAsync("node-los-angeles-handoff", cancellationToken: Cancellation);

        // Until the node has it again: in its queue or in the statewide one, and never nowhere.
        var sent = 1;
        do
        {
            await Publish(sender, Sample.Opened());
            sent++;
            await Task.Delay(100, Cancellation);
            sent.ShouldBeLessThan(300, "it is declared again");
        }
        while (await node.ScalarAsync<long>("select count(*) from errands", Cancellation) == 1);
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "everything is sent", Cancellation);

        var left = (await DrainAsync(Queues.Handoff)).Count;
        left.ShouldBeGreaterThan(0);
        await node.EventuallyAsync("select count(*) from errands", n => n == sent - left, "nothing is lost", Cancellation);
    }

    [Fact]
    public async Task A_node_has_dead_letters_of_its_own_and_parks_them()
    {
        await using var database = await TestDatabase.MigratedAsync<TestDb>(Cancellation);
        await using var node = await StartNodeAsync(database, ("Messaging:WatchSeconds", "0.2"));
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);

        await channel.BasicPublishAsync("node-los-angeles-dead-letter", "", mandatory: true, new BasicProperties { MessageId = Guid.NewGuid().ToString() }, "{}"u8.ToArray(), Cancellation);

        await node.EventuallyAsync("select count(*) from parked where source = 'BROKER'", n => n == 1, "it is parked", Cancellation);
    }

    [Fact]
    public async Task A_parked_message_keeps_its_key_and_goes_to_its_addressee_when_it_is_sent_again()
    {
        await using var sender = await Start(_ => { });
        await BindAsync("elsewhere", "county:06037");
        var opened = Sample.Opened();
        var unit = new UnitOfWork();
        unit.Publish(opened);
        var parked = sender.Services.GetRequiredService<ParkedMessages>();
        await parked.ParkAsync(ParkedRow.Refused(unit.Writes.Select(w => w.Row).OfType<OutboxRow>().Single(), "The broker refused it."), Cancellation);

        await parked.RedriveAsync((await parked.ListAsync("PARKED", 0, 1, Cancellation)).Single().Id, new Caller("tester", Organization.Parse("state:ca"), new HashSet<string>()), Cancellation);
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "it is sent", Cancellation);

        (await HandoffsAsync("elsewhere")).ShouldBe([opened.HandoffId]);
        (await HandoffsAsync(Queues.Handoff)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Los Angeles", "county:06037"), InlineData("los-angeles", "county:los-angeles"), InlineData("", "county:06037")]
    public async Task A_node_that_is_not_named_rightly_does_not_start(string name, string organizations) =>
        (await Should.ThrowAsync<InvalidOperationException>(Start(Saga, ("Node:Name", name), ("Node:Organizations", organizations)))).Message.ShouldContain("Node:Name");

    [Fact]
    public async Task A_node_takes_from_no_queue_that_is_not_addressed() =>
        (await Should.ThrowAsync<InvalidOperationException>(Start(h => h.Consumer<NoteTaker>(Queues.Timeline), ("Node:Name", "los-angeles")))).Message.ShouldContain(Queues.Timeline);

    private static readonly Action<Handlers> Saga = h => h.Saga<ErrandMachine, Errand>(Queues.Handoff);

    private async Task<TestService> StartNodeAsync(TestDatabase database, params (string Key, string Value)[] settings)
    {
        var node = await TestService.StartAsync(database, TheBroker.Address, Saga, Told, Cancellation,
            [("Test:Service", Services.CountyRouting), ("Node:Name", "los-angeles"), ("Node:Organizations", "county:06037"), .. settings]);
        // Only then are its keys bound.
        for (var i = 0; node.Services.GetRequiredService<RelayState>().Link is null; i++)
        {
            i.ShouldBeLessThan(600, "the node is connected");
            await Task.Delay(50, Cancellation);
        }
        return node;
    }

    private static Contracts.Notification.NoticeRequested NoticeOf(TestService service) => service.Services.GetRequiredService<NoticeBuilder>()
        .About(new("handoff", Guid.NewGuid(), "/"), Guid.NewGuid(), "handoff.opened.v1", Organization.Parse("county:06037"), "IMMEDIATE", DateTimeOffset.UnixEpoch);

    /// <summary>Binds and unbinds until it is cancelled; returns how often.</summary>
    private async Task<int> ComeAndGoAsync(string queue, string key, CancellationToken until)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        for (var changes = 0; ; changes += 2)
        {
            if (until.IsCancellationRequested)
                return changes;
            await channel.QueueUnbindAsync(queue, BrokerNames.EntranceOf(Queues.Handoff), key, cancellationToken: Cancellation);
            await Task.Delay(5, Cancellation);
            await channel.QueueBindAsync(queue, BrokerNames.EntranceOf(Queues.Handoff), key, cancellationToken: Cancellation);
            await Task.Delay(5, Cancellation);
        }
    }

    private async Task<IReadOnlyList<(Guid Encounter, string Rule)>> DrainAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var messages = new List<(Guid, string)>();
        while (await channel.BasicGetAsync(queue, autoAck: true, Cancellation) is { } delivery)
        {
            using var body = System.Text.Json.JsonDocument.Parse(delivery.Body);
            messages.Add((body.RootElement.GetProperty("encounterId").GetGuid(), body.RootElement.GetProperty("rule").GetString()!));
        }
        return messages;
    }

    private async Task<IReadOnlyList<Guid>> HandoffsAsync(string queue) =>
        [.. (await Broker.PeekAsync(TheBroker, queue, Cancellation)).Select(m => m.GetProperty("handoffId").GetGuid())];

    private async Task BindAsync(string queue, string key)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueBindAsync(queue, BrokerNames.EntranceOf(Queues.Handoff), key, cancellationToken: Cancellation);
    }
}
