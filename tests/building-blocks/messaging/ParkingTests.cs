using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What cannot be handled or sent is set aside, can be looked at, and goes on when an operator says so.</summary>
public sealed class ParkingTests : MessagingTest
{
    private static readonly Caller Operator = new("tester", Organization.Parse("state:ca"), new HashSet<string>());

    [Fact]
    public async Task A_parked_message_tells_its_encounters_timeline_and_goes_on_when_it_is_redriven_once_however_often_that_is_asked()
    {
        Told.Fail = _ => new InvalidOperationException("a mistake in the code");
        await using var service = await Start(Both);
        var parked = service.Services.GetRequiredService<ParkedMessages>();
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        await Publish(service, recorded);
        await service.EventuallyAsync("select count(*) from parked where state = 'PARKED'", n => n == 1, "it is parked", Cancellation);
        var row = (await parked.ListAsync("PARKED", 0, 10, Cancellation)).ShouldHaveSingleItem();
        await service.EventuallyAsync($"select count(*) from notes where text = 'parked: telephone-report.recorded.v1 to queue:intake-timeline' and about = '{row.MessageId}'",
            n => n == 1, "the timeline is told", Cancellation);

        Told.Fail = _ => null;
        foreach (var _ in Enumerable.Range(0, 3))
            await parked.RedriveAsync(row.Id, Operator, Cancellation);

        await service.EventuallyAsync($"select count(*) from notes where about = '{recorded.EncounterId}'", n => n == 1, "it has its effect", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from ledger where action = 'parked.redriven' and about = '{row.MessageId}' and organization = 'state:ca' and subject = 'tester'", Cancellation)).ShouldBe(1);
        (await parked.CountAsync(Cancellation)).ShouldBe(0);
        (await parked.FindAsync(row.Id, Cancellation))!.SettledBy.ShouldBe("state:ca tester");
        (await service.ScalarAsync<long>("select count(*) from outbox", Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task What_nobody_can_read_is_parked_as_it_came()
    {
        await using var service = await Start(Both);
        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        await service.EventuallyAsync("select count(*) from notes", n => n == 1, "it works", Cancellation);
        await SendRawAsync("intake-timeline", "telephone-report.recorded.v1", "{ this is no JSON", Guid.NewGuid());
        await SendRawAsync("intake-timeline", "no-such.kind.v1", "{}", Guid.NewGuid());
        await SendRawAsync("county-routing-handoff", "handoff.opened.v1", """{"encounterId":"00000000-0000-0000-0000-000000000001"}""", Guid.NewGuid());
        await SendRawAsync("intake-timeline", "telephone-report.recorded.v1", """{"encounterId":"00000000-0000-0000-0000-000000000002"}""", id: null);
        foreach (var organization in new[] { "\"the sheriff\"", "null" })
            await SendRawAsync("county-routing-handoff", "handoff.opened.v1", Encoding.UTF8.GetString(WireFormat.Serialize(Sample.Opened())).Replace("\"county:06037\"", organization, StringComparison.Ordinal), Guid.NewGuid());

        await service.EventuallyAsync("select count(*) from parked", n => n == 6, "all six are parked", Cancellation);

        var bodies = (await service.Services.GetRequiredService<ParkedMessages>().ListAsync("PARKED", 0, 10, Cancellation)).Select(p => Encoding.UTF8.GetString(p.Body)).ToArray();
        bodies.ShouldContain("{ this is no JSON");
        bodies.ShouldContain("{}");
    }

    [Fact]
    public async Task A_message_that_the_broker_never_takes_is_parked_and_its_encounter_goes_on()
    {
        await using var service = await Start(Both, ("Messaging:SendAttempts", "2"));
        var encounter = Guid.NewGuid();
        var unit = new UnitOfWork();
        unit.Send("no-such-queue", new FinishErrand(encounter));
        unit.Publish(Sample.Recorded(encounter, DateTimeOffset.UnixEpoch));
        await service.Store.CommitAsync(unit, Cancellation);

        await service.EventuallyAsync("select count(*) from parked where source = 'RELAY' and destination = 'queue:no-such-queue'", n => n == 1, "it is parked", Cancellation);
        await service.EventuallyAsync($"select count(*) from notes where about = '{encounter}'", n => n == 1, "what came after it", Cancellation);
    }

    [Fact]
    public async Task A_message_for_which_the_broker_closes_the_channel_holds_up_nobody_else()
    {
        await using var service = await Start(Both, ("Messaging:SendAttempts", "3"));
        var others = Enumerable.Range(0, 20).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch)).ToArray();
        await service.ScalarAsync<long>("""
            with bad as (insert into outbox (message_id, ordering_key, destination, type, body)
            values (gen_random_uuid(), gen_random_uuid(), 'exchange:safeharbor.no-such-exchange', 'no-such.kind.v1', '{}') returning 1) select count(*) from bad
            """, Cancellation);
        await Publish(service, others);

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 20, "the others", Cancellation);
        await service.EventuallyAsync("select count(*) from parked where source = 'RELAY' and error like '%NOT_FOUND%'", n => n == 1, "it is parked in the end", Cancellation);
        await service.EventuallyAsync("select count(*) from outbox", n => n == 0, "nothing is left", Cancellation);
    }

    [Fact]
    public async Task What_the_broker_gave_up_is_parked_under_the_queue_that_it_came_from()
    {
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "0.2"));
        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        await service.EventuallyAsync("select count(*) from notes", n => n == 1, "it works", Cancellation);
        // A reader that returns the message until the queue has had enough of it.
        await using (var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation))
        {
            await channel.QueueDeclareAsync("dying", durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-delivery-limit"] = 1,
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = Topology.DeadLetterQueueOf("test"),
            }, cancellationToken: Cancellation);
            await Broker.DeclareDeadLettersAsync(TheBroker, Cancellation);
            await SendRawAsync("dying", "telephone-report.recorded.v1", "{}", Guid.NewGuid());
            for (var i = 0; i < 100 && await service.ScalarAsync<long>("select count(*) from parked", Cancellation) == 0; i++)
            {
                if (await channel.BasicGetAsync("dying", autoAck: false, Cancellation) is { } delivery)
                    await channel.BasicNackAsync(delivery.DeliveryTag, multiple: false, requeue: true, Cancellation);
                await Task.Delay(50, Cancellation);
            }
        }

        await service.EventuallyAsync("select count(*) from parked where source = 'BROKER' and destination = 'queue:dying'", n => n == 1, "it is parked", Cancellation);
    }

    [Fact]
    public void An_operator_sees_a_bodys_shape_ids_instants_and_the_contracts_members_and_codes_and_nothing_else() => RedactedBody.Of("""
        {"encounterId":"0193a0de-5d8a-7a3c-9d6e-3f2b8c1d4e5f","at":"2026-11-21T10:00:00Z","urgency":"IMMEDIATE","note":"Jane was seen","latitude":34.05,
         "children":[{"name":{"given":"Jane"},"ageBand":"13_TO_15","missing":true}],"statedCountyFips":"06037","organization":"county:06037","x":null,
         "inCapitals":["JANE","SMITH","JANE_SMITH_2012","T1"],"likeNames":["provider:jane-smith","jane.smith.v1","2012-03-04","2012-03-04T00:00:00Z Jane"]}
        """u8.ToArray()).ToJsonString().ShouldBe(JsonNode.Parse("""
        {"encounterId":"0193a0de-5d8a-7a3c-9d6e-3f2b8c1d4e5f","at":"2026-11-21T10:00:00Z","urgency":"IMMEDIATE","(member 4)":"(text)","latitude":"(number)",
         "(member 6)":[{"name":{"(member 1)":"(text)"},"ageBand":"13_TO_15","missing":true}],"statedCountyFips":"(text)","organization":"(text)","(member 9)":null,
         "(member 10)":["(text)","(text)","(text)","T1"],"(member 11)":["(text)","(text)","(text)","(text)"]}
        """)!.ToJsonString());

    [Theory]
    [InlineData("{ this is no JSON"), InlineData("""{"name":"Jane","name":"Smith"}"""), InlineData("""{"name":"\ud800"}""")]
    public void A_body_that_cannot_be_read_is_told_by_its_length_alone(string body) =>
        RedactedBody.Of(Encoding.UTF8.GetBytes(body)).GetValue<string>().ShouldBe($"({body.Length} bytes that are not JSON)");

    private async Task SendRawAsync(string queue, string type, string body, Guid? id)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        var properties = new BasicProperties { Type = type, ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent };
        if (id is not null)
            properties.MessageId = id.ToString();
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body), Cancellation);
    }
}
