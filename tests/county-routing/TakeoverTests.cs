using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>
/// A county's node takes over what is under way, and gives it back: whatever is killed, sent twice or late, each handoff is kept by exactly one of the two and none is
/// lost (ADR 41).
/// </summary>
public sealed class TakeoverTests : IAsyncLifetime
{
    private const string LosAngeles = "county:06037";
    private const string Kept = "select count(*) from handoffs where keeper is null and organization = 'county:06037'";
    private static readonly Node Node = new("los-angeles", [Organization.Parse(LosAngeles)]);

    private RunningService _statewide = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _statewide = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _statewide.DisposeAsync();

    [Fact]
    public async Task The_node_has_every_handoff_as_it_was_with_its_timer_and_gives_it_back_as_it_is()
    {
        var states = await InEveryStateAsync();
        var (handoffs, timers) = (await HandoffsAsync(_statewide), await TimersAsync(_statewide));
        timers.Count.ShouldBeGreaterThan(3);

        var node = await _statewide.StartNodeAsync(Node, Cancellation);

        (await HandoffsAsync(node)).ShouldBe(handoffs);
        (await TimersAsync(node)).ShouldBe(timers);
        await _statewide.EventuallyAsync(Kept, 0, "the statewide system keeps none of them", Cancellation);
        (await TimersAsync(_statewide)).ShouldBeEmpty();
        (await KeepingAsync(_statewide)).ShouldBe([$"keeping.let-go {LosAngeles} {Node.KeeperOf(Organization.Parse(LosAngeles))} {states.Count}"]);
        (await KeepingAsync(node)).ShouldBe([$"keeping.taken-up {LosAngeles} {Node.KeeperOf(Organization.Parse(LosAngeles))} {states.Count}"]);

        // What people do at the node.
        (await ActAsync(node, states["OPEN"], "accept")).GetProperty("state").GetString().ShouldBe("ACCEPTED");
        // Its timer.
        await node.ExecuteAsync("update timers set due_at = now()", Cancellation);
        await node.EventuallyAsync($"select escalation_step::bigint from handoffs where correlation_id = '{states["NOTIFIED"]}'", 1, "silence is told", Cancellation);
        await node.EventuallyAsync("select count(*) from outbox", 0, "to whom it concerns", Cancellation);
        var (after, running) = (await HandoffsAsync(node), await TimersAsync(node));

        await node.StopAsync();
        await using var giving = await _statewide.StartNodeAsync(Node, Cancellation, again: node, organizations: []);
        await _statewide.EventuallyAsync(Kept, states.Count, "the statewide system has them again", Cancellation);

        (await HandoffsAsync(giving)).ShouldBeEmpty();
        (await HandoffsAsync(_statewide)).ShouldBe(after);
        (await TimersAsync(_statewide)).ShouldBe(running);
        (await KeepingAsync(giving))[1..].ShouldBe([$"keeping.let-go {LosAngeles} {Node.Statewide} {states.Count}"]);
        (await KeepingAsync(_statewide))[1..].ShouldBe([$"keeping.taken-up {LosAngeles} {Node.Statewide} {states.Count}"]);
        (await ActAsync(_statewide, states["NOTIFIED"], "accept")).GetProperty("state").GetString().ShouldBe("ACCEPTED");
    }

    [Fact]
    public async Task What_still_comes_to_the_old_keeper_follows_and_opens_nothing_twice()
    {
        var opened = await OpenAsync(3);
        await _statewide.ExecuteAsync("create table fired as select * from timers", Cancellation);
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        // An answer to what the old keeper had asked for, a copy of the opening, a timer that had fired, and an opening that had not arrived yet.
        await _statewide.PublishAsync(Delivered(opened[0], keeper: null), Cancellation);
        await _statewide.SendAsync(Queues.Handoff, Opening(opened[1]), Cancellation);
        await _statewide.ExecuteAsync($"""
            insert into outbox (message_id, ordering_key, destination, type, body, timer_token)
            select token, ordering_key, destination, type, body, token from fired where convert_from(body, 'UTF8') like '%{opened[2].Handoff}%'
            """, Cancellation);
        var late = (Encounter: Guid.NewGuid(), Handoff: Guid.NewGuid());
        await _statewide.SendAsync(Queues.Handoff, Opening(late), Cancellation);

        await node.EventuallyAsync($"select count(*) from handoffs where correlation_id = '{opened[0].Handoff}' and current_state = 'NOTIFIED'", 1, "the answer", Cancellation);
        await node.EventuallyAsync($"select escalation_step::bigint from handoffs where correlation_id = '{opened[2].Handoff}'", 1, "the timer", Cancellation);
        await node.EventuallyAsync($"select count(*) from handoffs where correlation_id = '{late.Handoff}' and current_state = 'OPEN'", 1, "the late opening", Cancellation);
        await node.EventuallyAsync(Kept, 4, "and no more", Cancellation);
        await _statewide.EventuallyAsync(Kept, 0, "nothing is opened twice", Cancellation);
        foreach (var service in (RunningService[])[node, _statewide])
            await service.EventuallyAsync("select count(*) from parked", 0, "nothing is parked", Cancellation);
    }

    [Fact]
    public async Task What_comes_directly_while_its_opening_still_follows_waits_for_it()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        // The node's binding is there; the opening was published before it, and the old keeper cannot deal with it yet.
        var late = (Encounter: Guid.NewGuid(), Handoff: Guid.NewGuid());
        await using (var held = await _statewide.HoldAsync("handoffs", Cancellation))
        {
            await _statewide.SendAsync(Queues.Handoff, Opening(late), Cancellation);
            await _statewide.PublishAsync(Withdrawn(late), Cancellation);
            await _statewide.EventuallyAsync("select count(*) from outbox", 0, "both are sent", Cancellation);
            await _statewide.IsTakenFromAsync(Node.QueueOf(Queues.Handoff), Cancellation);
        }

        await node.EventuallyAsync($"select count(*) from handoffs where correlation_id = '{late.Handoff}' and current_state = 'WITHDRAWN'", 1, "what overtook it is done after it", Cancellation);
        await node.EventuallyAsync("select count(*) from parked", 0, "nothing is parked", Cancellation);
    }

    [Fact]
    public async Task What_is_for_a_handoff_that_never_comes_is_parked_and_done_when_it_is_sent_again()
    {
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        var late = (Encounter: Guid.NewGuid(), Handoff: Guid.NewGuid());

        await _statewide.PublishAsync(Withdrawn(late), Cancellation);
        await node.EventuallyAsync("select count(*) from parked where error_type = 'NeverCameException' and state = 'PARKED'", 1, "it says so", Cancellation);

        await _statewide.PublishAsync(Opening(late), Cancellation);
        await node.EventuallyAsync(Kept, 1, "the opening", Cancellation);
        using var again = await node.Caller("state:ca").PostAsJsonAsync($"/v1/parked/{(await node.QueryAsync("select id::text from parked", Cancellation))[0]}/redrive", new { }, Cancellation);
        await node.EventuallyAsync($"select count(*) from handoffs where correlation_id = '{late.Handoff}' and current_state = 'WITHDRAWN'", 1, "nothing was lost", Cancellation);
    }

    [Fact]
    public async Task What_is_for_no_handoff_of_a_county_that_no_node_ever_kept_changes_nothing()
    {
        await _statewide.PublishAsync(Withdrawn((Guid.NewGuid(), Guid.NewGuid())), Cancellation);
        await _statewide.EventuallyAsync("select count(*) from inbox", 1, "it was dealt with at once", Cancellation);
        await _statewide.EventuallyAsync("select count(*) from parked", 0, "nothing is parked", Cancellation);
    }

    [Fact]
    public async Task Who_asks_the_old_keeper_is_told_where_the_handoff_is_and_nobody_else_is()
    {
        var opened = await OpenAsync(1);
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        using var acted = await _statewide.Caller(LosAngeles).PostAsJsonAsync($"/v1/handoffs/{opened[0].Handoff}/accept", new { }, Cancellation);
        using var read = await _statewide.Caller(LosAngeles).GetAsync($"/v1/handoffs/{opened[0].Handoff}", Cancellation);
        using var others = await _statewide.Caller("county:06059").GetAsync($"/v1/handoffs/{opened[0].Handoff}", Cancellation);

        foreach (var answer in (HttpResponseMessage[])[acted, read])
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Ask at https://node.county.example");
        }
        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await others.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("node");
        (await _statewide.Caller(LosAngeles).GetFromJsonAsync<JsonElement>("/v1/handoffs", Cancellation)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_node_that_ends_in_the_middle_goes_on_when_it_is_started_again_either_way()
    {
        const int Under = 1000;
        await OpenAsync(1);
        await MultiplyAsync(Under - 1);

        var node = await _statewide.LaunchNodeAsync(Node, Cancellation);
        await SomeAsync(node, from: 0, Under);
        await node.StopAsync();
        var late = await PublishAsync(20);
        node = await _statewide.StartNodeAsync(Node, Cancellation, again: node);
        await node.EventuallyAsync(Kept, Under + late, "it has all of them", Cancellation);
        await _statewide.EventuallyAsync(Kept, 0, "and the statewide system none", Cancellation);
        (await TimersAsync(node)).Count.ShouldBe(Under + late);

        await node.StopAsync();
        node = await _statewide.LaunchNodeAsync(Node, Cancellation, again: node, organizations: []);
        await SomeAsync(_statewide, from: 0, Under);
        await node.StopAsync();
        late += await PublishAsync(20);
        await using var last = await _statewide.StartNodeAsync(Node, Cancellation, again: node, organizations: []);
        await _statewide.EventuallyAsync(Kept, Under + late, "the statewide system has all of them", Cancellation);
        await last.EventuallyAsync(Kept, 0, "and the node none", Cancellation);
        (await TimersAsync(_statewide)).Count.ShouldBe(Under + late);
    }

    [Fact]
    public async Task Asking_again_changes_nothing()
    {
        await InEveryStateAsync();
        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);
        var (handoffs, timers) = (await HandoffsAsync(node), await TimersAsync(node));

        var heard = await InboxAsync(_statewide);
        for (var i = 0; i < 3; i++)
            await node.PublishAsync(new KeepingRequested { Organization = Organization.Parse(LosAngeles), Node = Node.Name, At = DateTimeOffset.UtcNow }, Cancellation);
        await _statewide.EventuallyAsync("select count(*) from inbox", heard + 6, "each is heard, and let go of", Cancellation);
        foreach (var service in (RunningService[])[_statewide, node])
            await service.EventuallyAsync("select count(*) from outbox", 0, "and told", Cancellation);
        await node.HasTakenOverAsync(Cancellation);

        (await HandoffsAsync(node)).ShouldBe(handoffs);
        (await TimersAsync(node)).ShouldBe(timers);
    }

    [Fact]
    public async Task What_is_asked_for_by_a_node_that_may_not_have_it_comes_back()
    {
        await OpenAsync(5);
        await using var node = await _statewide.StartNodeAsync(new("orange", [Organization.Parse("county:06059")]), Cancellation);
        var (handoffs, timers) = (await HandoffsAsync(_statewide), await TimersAsync(_statewide));

        await node.PublishAsync(new KeepingRequested { Organization = Organization.Parse(LosAngeles), Node = "orange", At = DateTimeOffset.UtcNow }, Cancellation);
        await _statewide.EventuallyAsync($"select count(*) from keepers where organization = '{LosAngeles}' and keeper = 'statewide' and is_complete", 1, "nobody else gets it", Cancellation);

        (await HandoffsAsync(_statewide)).ShouldBe(handoffs);
        (await TimersAsync(_statewide)).ShouldBe(timers);
        (await HandoffsAsync(node)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_thousand_open_handoffs_are_taken_over_within_a_minute()
    {
        await OpenAsync(1);
        await MultiplyAsync(9_999);
        var waited = Stopwatch.StartNew();

        await using var node = await _statewide.StartNodeAsync(Node, Cancellation);

        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 handoffs in {waited.Elapsed.TotalSeconds:0.0} s");
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        await node.EventuallyAsync(Kept, 10_000, "all of them", Cancellation);
        await node.EventuallyAsync("select count(*) from timers", 10_000, "with their timers", Cancellation);
        await _statewide.EventuallyAsync(Kept, 0, "once each", Cancellation);
    }

    private static async Task SomeAsync(RunningService service, int from, int to)
    {
        for (var i = 0; long.Parse((await service.QueryAsync($"select ({Kept})::text", Cancellation))[0], System.Globalization.CultureInfo.InvariantCulture) is var kept && (kept <= from || kept >= to); i++)
        {
            i.ShouldBeLessThan(2000, $"it is in the middle: {kept}");
            await Task.Delay(5, Cancellation);
        }
    }

    /// <summary>A handoff in every state that one can be in, by its word.</summary>
    private async Task<IReadOnlyDictionary<string, Guid>> InEveryStateAsync()
    {
        var opened = await OpenAsync(9);
        await _statewide.PublishAsync(Delivered(opened[1], keeper: null), Cancellation);
        await ActAsync(_statewide, opened[2].Handoff, "acknowledge");
        await ActAsync(_statewide, opened[3].Handoff, "accept");
        foreach (var (_, handoff) in opened.Skip(4).Take(2))
            await ActAsync(_statewide, handoff, "refer-on", new { organization = "county:06059", reason = "CHILD_IS_THERE" });
        await _statewide.PublishAsync(new HandoffTakenOver
        {
            EncounterId = opened[5].Encounter,
            At = DateTimeOffset.UtcNow,
            ReportId = Guid.NewGuid(),
            HandoffId = opened[5].Handoff,
            Organization = Organization.Parse(LosAngeles),
            By = Organization.Parse("county:06059"),
            ByHandoffId = Guid.NewGuid(),
            ReferredAt = DateTimeOffset.Parse((await _statewide.QueryAsync($"select referrals->0->>'at' from handoffs where correlation_id = '{opened[5].Handoff}'", Cancellation))[0], System.Globalization.CultureInfo.InvariantCulture),
        }, Cancellation);
        await _statewide.PublishAsync(Withdrawn(opened[6]), Cancellation);
        foreach (var (_, handoff) in opened.Skip(7))
        {
            await ActAsync(_statewide, handoff, "accept");
            await ActAsync(_statewide, handoff, "determine-response", new { level = "IMMEDIATE" });
        }
        await ActAsync(_statewide, opened[8].Handoff, "record-in-person", new { at = DateTimeOffset.UtcNow });
        await ActAsync(_statewide, opened[8].Handoff, "close", new { reason = ClosingReasons.CaseOpened });
        string[] states = ["OPEN", "NOTIFIED", "ACKNOWLEDGED", "ACCEPTED", "REFERRING", "REFERRED_ON", "WITHDRAWN", "RESPONSE_DETERMINED", "CLOSED"];
        states.ShouldBe(typeof(HandoffMachine).GetProperties().Where(p => p.PropertyType == typeof(MassTransit.State) && p.DeclaringType == typeof(HandoffMachine)).Select(p => StateWord.Of(p.Name)), ignoreOrder: true);
        for (var i = 0; i < states.Length; i++)
            await _statewide.EventuallyAsync($"select count(*) from handoffs where correlation_id = '{opened[i].Handoff}' and current_state = '{states[i]}'", 1, states[i], Cancellation);
        return states.Select((state, i) => (state, opened[i].Handoff)).ToDictionary();
    }

    private async Task<IReadOnlyList<(Guid Encounter, Guid Handoff)>> OpenAsync(int count)
    {
        await PublishAsync(count);
        await _statewide.EventuallyAsync(Kept, count, "they are open", Cancellation);
        return [.. (await _statewide.QueryAsync("select encounter_id || ' ' || correlation_id from handoffs order by correlation_id", Cancellation)).Select(row => row.Split(' '))
            .Select(row => (Guid.Parse(row[0]), Guid.Parse(row[1])))];
    }

    private async Task<int> PublishAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await _statewide.PublishAsync(new EncounterReported
            {
                EncounterId = Guid.NewGuid(),
                At = DateTimeOffset.UtcNow,
                AgencyOri = "CA0194200",
                Location = new(34.05, -118.25, 15),
                Urgency = Urgencies.Immediate,
                Reports = [Child()],
            }, Cancellation);
        return count;
    }

    /// <summary>So many more, with running timers, like the one that is there.</summary>
    private Task MultiplyAsync(int count) => _statewide.ExecuteAsync($$"""
        with many as materialized (select gen_random_uuid() id, gen_random_uuid() token, gen_random_uuid() encounter from generate_series(1, {{count}})),
        opened as (
            insert into handoffs
            select (jsonb_populate_record(h, jsonb_build_object('correlation_id', m.id, 'silence_token', m.token, 'encounter_id', m.encounter))).* from handoffs h, many m
            returning correlation_id, encounter_id, silence_token)
        insert into timers (token, due_at, ordering_key, destination, type, body)
        select silence_token, now() + interval '1 hour', encounter_id, 'queue:county-routing-handoff', 'handoff.silent.v1',
            convert_to(json_build_object('encounterId', encounter_id, 'handoffId', correlation_id)::text, 'UTF8')
        from opened
        """, Cancellation);

    private static async Task<JsonElement> ActAsync(RunningService service, Guid handoff, string verb, object? body = null)
    {
        using var answer = await service.Caller(LosAngeles).PostAsJsonAsync($"/v1/handoffs/{handoff}/{verb}", body ?? new { }, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>What is kept, whole.</summary>
    private static Task<IReadOnlyList<string>> HandoffsAsync(RunningService service) =>
        service.QueryAsync($"select to_jsonb(h)::text from handoffs h where keeper is null and organization = '{LosAngeles}' order by correlation_id", Cancellation);

    private static Task<IReadOnlyList<string>> TimersAsync(RunningService service) => service.QueryAsync($"""
        select concat_ws(' ', token, due_at, type, convert_from(body, 'UTF8'), ordering_key) from timers
        where type = 'handoff.silent.v1' and (convert_from(body, 'UTF8')::jsonb ->> 'handoffId')::uuid in (select correlation_id from handoffs where organization = '{LosAngeles}') order by 1
        """, Cancellation);

    /// <summary>What a ledger has of handing over, in all steps of it: whose, to whom, how many.</summary>
    private static async Task<string[]> KeepingAsync(RunningService service) => [.. await service.QueryAsync("""
        select concat_ws(' ', action, organization, about, sum((facts ->> 'count')::int)) from ledger where action like 'keeping.%' group by action, organization, about order by min(entry_id)
        """, Cancellation)];

    private static async Task<long> InboxAsync(RunningService service) =>
        long.Parse((await service.QueryAsync("select count(*)::text from inbox", Cancellation))[0], System.Globalization.CultureInfo.InvariantCulture);

    private static NoticeDelivered Delivered((Guid Encounter, Guid Handoff) of, string? keeper) => new()
    {
        EncounterId = of.Encounter,
        At = DateTimeOffset.UtcNow,
        NoticeId = Guid.NewGuid(),
        RequestedBy = of.Handoff,
        Keeper = keeper,
        Organization = Organization.Parse(LosAngeles),
        Attempts = 1,
    };

    private static HandoffOpened Opening((Guid Encounter, Guid Handoff) of) => new()
    {
        EncounterId = of.Encounter,
        At = DateTimeOffset.UtcNow,
        ReportId = Guid.NewGuid(),
        HandoffId = of.Handoff,
        Organization = Organization.Parse(LosAngeles),
        OrganizationName = "Los Angeles County",
        Role = Role.Responder,
        Basis = Bases.FoundLocation,
        Confidence = Confidences.Clear,
        Rule = "The place is in the county.",
        Urgency = Urgencies.Immediate,
        AcknowledgeBy = DateTimeOffset.UtcNow.AddHours(1),
        Child = Child(),
    };

    private static HandoffWithdrawn Withdrawn((Guid Encounter, Guid Handoff) of) => new()
    {
        EncounterId = of.Encounter,
        At = DateTimeOffset.UtcNow,
        ReportId = Guid.NewGuid(),
        HandoffId = of.Handoff,
        Organization = Organization.Parse(LosAngeles),
    };

    private static ReportedChild Child() =>
        new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [] };
}
