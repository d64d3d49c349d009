using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>
/// A node for one county beside the statewide system: one broker, a database each. The node keeps its county's handoffs, the statewide system all others,
/// and each handoff is kept by exactly one of them.
/// </summary>
public sealed class NodeTests : IAsyncLifetime
{
    private const string LosAngeles = "county:06037";
    private static readonly Node Node = new("los-angeles", [Organization.Parse(LosAngeles)]);

    private RunningService _statewide = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _statewide = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _statewide.DisposeAsync();

    [Fact]
    public async Task The_node_keeps_its_countys_handoff_and_the_statewide_system_the_neighbors()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        // Near the line to Orange County, which gets a handoff of its own.
        await _statewide.PublishAsync(Encounter(33.9400, -117.9850), Cancellation);

        var responder = await OneAsync(node, LosAngeles);
        responder.GetProperty("role").GetString().ShouldBe("RESPONDER");
        (await OneAsync(_statewide, "county:06059")).GetProperty("role").GetString().ShouldBe("COURTESY");
        (await CountAsync(node)).ShouldBe(1);
        (await CountAsync(_statewide)).ShouldBe(1);

        using var accepted = await node.Caller(LosAngeles).PostAsJsonAsync($"/v1/handoffs/{responder.GetProperty("handoffId").GetGuid()}/accept", new { }, Cancellation);
        (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("state").GetString().ShouldBe("ACCEPTED");
        await node.EventuallyAsync("select count(*) from outbox", 0, "everybody is told", Cancellation);
    }

    [Fact]
    public async Task What_the_agency_adds_or_takes_back_reaches_every_handoff_of_the_report_wherever_it_is_kept()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        var encounter = Encounter(33.9400, -117.9850);
        await _statewide.PublishAsync(encounter, Cancellation);
        await OneAsync(node, LosAngeles);
        await OneAsync(_statewide, "county:06059");

        await _statewide.PublishAsync(Supplemented(encounter), Cancellation);
        await _statewide.PublishAsync(new ReportRetracted { EncounterId = encounter.EncounterId, At = DateTimeOffset.UtcNow, ReportId = encounter.Reports[0].ReportId, Reason = RetractionReasons.SentInError }, Cancellation);

        foreach (var (service, county) in new[] { (node, LosAngeles), (_statewide, "county:06059") })
        {
            await service.EventuallyAsync("select count(*) from handoffs where retracted is not null", 1, "the handoff is told", Cancellation);
            var told = await OneAsync(service, county);
            told.GetProperty("supplements").GetProperty("count").GetInt32().ShouldBe(1);
            told.GetProperty("retracted").GetProperty("reason").GetString().ShouldBe("SENT_IN_ERROR");
        }
        await using var connection = await new ConnectionFactory { Uri = new Uri(_statewide.BrokerAddress) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        (await NoticesAsync(channel, 6)).Select(n => $"{n.Organization} {n.Type} {n.Keeper}").Order(StringComparer.Ordinal).ShouldBe(
        [
            "county:06037 handoff.opened.v1 node:los-angeles", "county:06037 handoff.retracted.v1 node:los-angeles", "county:06037 handoff.supplemented.v1 node:los-angeles",
            "county:06059 handoff.opened.v1 ", "county:06059 handoff.retracted.v1 ", "county:06059 handoff.supplemented.v1 ",
        ]);
    }

    [Fact]
    public async Task What_is_added_reaches_a_handoff_that_the_node_has_taken_over()
    {
        var encounter = Encounter(34.05, -118.25);
        await _statewide.PublishAsync(encounter, Cancellation);
        await OneAsync(_statewide, LosAngeles);
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        await _statewide.PublishAsync(Supplemented(encounter), Cancellation);

        await node.EventuallyAsync("select count(*) from handoffs where supplements is not null", 1, "the node's handoff is told", Cancellation);
        (await _statewide.QueryAsync("select count(*)::text from handoffs where supplements is not null", Cancellation)).ShouldBe(["0"]);
    }

    [Fact]
    public async Task An_officers_call_starts_the_clock_of_the_countys_pack_at_its_node_and_nothing_anywhere_else()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        var encounter = Encounter(33.9400, -117.9850);
        var called = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds());
        // As with a report that says that the call has been made: right behind it.
        await _statewide.PublishAsync(encounter, Cancellation);
        await _statewide.PublishAsync(Called(encounter, called), Cancellation);

        await node.EventuallyAsync("select count(*) from handoffs where called_response is not null", 1, "the clock runs", Cancellation);
        await _statewide.EventuallyAsync("select count(*) from handoffs where jsonb_array_length(calls) = 1", 1, "the neighbor's handoff knows the call", Cancellation);

        var handoff = await OneAsync(node, LosAngeles);
        var clock = handoff.GetProperty("calledResponse");
        (clock.GetProperty("rule").GetString(), clock.GetProperty("calledAt").GetDateTimeOffset(), clock.GetProperty("inPersonBy").GetDateTimeOffset()).ShouldBe(("ON_SCENE_RESPONSE", called, called.AddMinutes(90)));
        (await OneAsync(_statewide, "county:06059")).GetProperty("calledResponse").ValueKind.ShouldBe(JsonValueKind.Null);
        var path = $"/v1/handoffs/{handoff.GetProperty("handoffId").GetGuid()}";
        (await node.Caller(LosAngeles).PostAsJsonAsync($"{path}/accept", new { }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await node.Caller(LosAngeles).PostAsJsonAsync($"{path}/record-in-person", new { at = DateTimeOffset.UtcNow }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await node.EventuallyAsync("select count(*) from timers where type = 'handoff.silent.v1'", 0, "nobody is waited for", Cancellation);
    }

    [Fact]
    public async Task A_clock_that_a_call_has_started_goes_to_the_node_that_takes_the_handoff_over_and_a_call_that_comes_then_follows()
    {
        var encounter = Encounter(34.05, -118.25);
        var called = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds());
        await _statewide.PublishAsync(encounter, Cancellation);
        await _statewide.PublishAsync(Called(encounter, called), Cancellation);
        await _statewide.EventuallyAsync("select count(*) from handoffs where called_response is not null", 1, "the clock runs", Cancellation);

        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        async Task<DateTimeOffset> DueAsync() => (await OneAsync(node, LosAngeles)).GetProperty("calledResponse").GetProperty("inPersonBy").GetDateTimeOffset();
        (await DueAsync()).ShouldBe(called.AddMinutes(90));
        await node.EventuallyAsync("select count(*) from timers where type = 'handoff.silent.v1'", 1, "and its timer", Cancellation);
        // Corrected.
        await _statewide.PublishAsync(Called(encounter, called.AddMinutes(-2)), Cancellation);
        await node.EventuallyAsync("select count(*) from handoffs where jsonb_array_length(calls) = 2", 1, "the correction comes", Cancellation);
        (await DueAsync()).ShouldBe(called.AddMinutes(88));
    }

    [Fact]
    public async Task A_node_routes_nothing_and_has_no_desk()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        (await node.Caller("state:ca").GetAsync("/v1/desk", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await node.Caller("le:CA0194200").PostAsJsonAsync("/v1/jurisdiction/explain", new { }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await node.Caller(LosAngeles).GetAsync("/v1/handoffs", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_nodes_binding_comes_and_goes_every_handoff_and_every_answer_finds_the_node()
    {
        const int Count = 200;
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        await using var connection = await new ConnectionFactory { Uri = new Uri(_statewide.BrokerAddress) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var changes = ComeAndGoAsync(connection, done.Token);

        for (var i = 0; i < Count; i += 10)
        {
            foreach (var _ in Enumerable.Range(0, 10))
                await _statewide.PublishAsync(Encounter(34.05, -118.25), Cancellation);
            await Task.Delay(20, Cancellation);
        }
        var asked = await NoticesAsync(channel, Count);

        // What came to the statewide system followed.
        var kept = await KeptAsync(node);
        kept.Count.ShouldBe(Count, "none is lost");
        (await CountAsync(_statewide)).ShouldBe(0);
        asked.ShouldAllBe(n => n.Keeper == Node.Key);
        asked.Select(n => n.RequestedBy).Order().ShouldBe(kept.Order());

        // The binding still comes and goes; an answer goes to the keeper all the same.
        foreach (var notice in asked)
            await _statewide.PublishAsync(new NoticeDelivered
            {
                EncounterId = notice.EncounterId,
                At = DateTimeOffset.UtcNow,
                NoticeId = notice.NoticeId,
                RequestedBy = notice.RequestedBy,
                Keeper = notice.Keeper,
                Organization = notice.Organization,
                Attempts = 1,
            }, Cancellation);

        await node.EventuallyAsync("select count(*) from handoffs where current_state = 'NOTIFIED'", Count, "the node's", Cancellation);
        await done.CancelAsync();
        (await changes).ShouldBeGreaterThan(10);
    }

    /// <summary>The notices that are asked for, once there are so many.</summary>
    private static async Task<IReadOnlyList<NoticeRequested>> NoticesAsync(IChannel channel, int count)
    {
        var asked = new List<NoticeRequested>();
        for (var i = 0; asked.Count < count; i++)
        {
            i.ShouldBeLessThan(1200, $"{asked.Count} of {count} are asked for");
            while (await channel.BasicGetAsync(Queues.Notice, autoAck: true, Cancellation) is { } delivery)
                asked.Add(JsonSerializer.Deserialize<NoticeRequested>(delivery.Body.Span, JsonSerializerOptions.Web)!);
            await Task.Delay(50, Cancellation);
        }
        return asked;
    }

    private static async Task<int> ComeAndGoAsync(IConnection connection, CancellationToken until)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        for (var changes = 0; !until.IsCancellationRequested; changes++)
        {
            if (changes % 2 == 0)
                await channel.QueueUnbindAsync(Node.QueueOf(Queues.Handoff), BrokerNames.EntranceOf(Queues.Handoff), LosAngeles, cancellationToken: Cancellation);
            else
                await channel.QueueBindAsync(Node.QueueOf(Queues.Handoff), BrokerNames.EntranceOf(Queues.Handoff), LosAngeles, cancellationToken: Cancellation);
            await Task.Delay(20, Cancellation);
            if (until.IsCancellationRequested)
                return changes;
        }
        return 0;
    }

    private static async Task<JsonElement> OneAsync(RunningService service, string county)
    {
        for (var i = 0; i < 600; i++)
        {
            var page = await service.Caller(county).GetFromJsonAsync<JsonElement>("/v1/handoffs", Cancellation);
            if (page.GetProperty("items").GetArrayLength() == 1)
                return page.GetProperty("items")[0];
            await Task.Delay(50, Cancellation);
        }
        throw new InvalidOperationException($"{county} never had a handoff.");
    }

    private static async Task<long> CountAsync(RunningService service) => (await KeptAsync(service)).Count;

    private static async Task<IReadOnlyList<Guid>> KeptAsync(RunningService service)
    {
        var kept = new List<Guid>();
        await using var command = service.Database.CreateCommand("select correlation_id from handoffs");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        while (await reader.ReadAsync(Cancellation))
            kept.Add(reader.GetGuid(0));
        return kept;
    }

    private static ReportSupplemented Supplemented(EncounterReported encounter) => new()
    {
        EncounterId = encounter.EncounterId,
        At = DateTimeOffset.UtcNow,
        ReportId = encounter.Reports[0].ReportId,
        SupplementId = Guid.NewGuid(),
        Sequence = 1,
        Tells = [SupplementFacts.Missing],
        Child = new() { Missing = true },
    };

    private static TelephoneReportRecorded Called(EncounterReported encounter, DateTimeOffset at) => new() { EncounterId = encounter.EncounterId, At = DateTimeOffset.UtcNow, CalledAt = at };

    private static EncounterReported Encounter(double latitude, double longitude) => new()
    {
        EncounterId = Guid.NewGuid(),
        At = DateTimeOffset.UtcNow,
        AgencyOri = "CA0194200",
        Location = new(latitude, longitude, 15),
        Urgency = Urgencies.Immediate,
        Reports = [new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [] }],
    };
}
