using System.Globalization;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests;

/// <summary>The statewide system and a county's node as processes, killed while thousands of handoffs go from the one to the other and back: each is kept by exactly one in the end.</summary>
public sealed class NodeKillTests(NodeKillTests.Quiet world) : IClassFixture<NodeKillTests.Quiet>
{
    private const int Many = 3000;
    private const string Statewide = "county-routing";
    private const string Kept = "select count(*) from handoffs where keeper is null and organization = 'county:06037'";
    private static readonly Node Node = new("06037", [Organization.Parse("county:06037")]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nobody acts: what is open stays so.</summary>
    public sealed class Quiet : World
    {
        public Quiet() => StartsWith = [ServiceKind.Intake, ServiceKind.CountyRouting];
    }

    [Fact]
    public async Task After_kills_on_both_sides_in_the_middle_of_a_takeover_and_of_giving_back_each_handoff_is_kept_by_exactly_one()
    {
        var routing = world.Installation.CountyRouting;
        await ReportAsync(1);
        await UntilAsync(Statewide, Kept, 1);
        await MultiplyAsync(Many - 1);
        var expected = (long)Many;

        var node = await world.Installation.NodeAsync(Node, keeps: true, Cancellation);
        await node.StartAsync(Cancellation);
        await InTheMiddleAsync(Statewide, Many);
        await routing.KillAsync();
        (await CountAsync(Statewide, Kept)).ShouldBeInRange(1, Many - 1, "the statewide system was in the middle of letting go");
        expected += await ReportAsync(5);
        await routing.StartAsync(Cancellation);
        await InTheMiddleAsync(Node.Service, expected);
        await node.KillAsync();
        (await CountAsync(Node.Service, Kept)).ShouldBeInRange(1, Many - 1, "the node was in the middle of taking up");
        expected += await ReportAsync(5);
        await node.StartAsync(Cancellation);
        await KeptByAsync(Node.Service, Statewide, expected);

        await node.StopAsync();
        node = await world.Installation.NodeAsync(Node, keeps: false, Cancellation);
        await node.StartAsync(Cancellation);
        await InTheMiddleAsync(Node.Service, expected);
        await node.KillAsync();
        (await CountAsync(Node.Service, Kept)).ShouldBeInRange(1, expected - 1, "the node was in the middle of letting go");
        expected += await ReportAsync(5);
        await node.StartAsync(Cancellation);
        await InTheMiddleAsync(Statewide, expected);
        await routing.KillAsync();
        (await CountAsync(Statewide, Kept)).ShouldBeInRange(1, expected - 1, "the statewide system was in the middle of taking up");
        await routing.StartAsync(Cancellation);
        await KeptByAsync(Statewide, Node.Service, expected);
    }

    private async Task KeptByAsync(string keeper, string other, long expected)
    {
        await UntilAsync(keeper, Kept, expected);
        await UntilAsync(other, Kept, 0);
        await UntilAsync(keeper, "select count(*) from timers where type = 'handoff.silent.v1'", expected);
        await UntilAsync(other, "select count(*) from timers where type = 'handoff.silent.v1'", 0);
        foreach (var service in (string[])[keeper, other])
        {
            await UntilAsync(service, "select count(*) from outbox", 0);
            await UntilAsync(service, "select count(*) from parked", 0);
        }
    }

    private async Task<int> ReportAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles), Cancellation);
        return count;
    }

    /// <summary>So many more, with running timers, like the one that is there.</summary>
    private Task<IReadOnlyList<string>> MultiplyAsync(int count) => world.QueryAsync(Statewide, $$"""
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

    private async Task InTheMiddleAsync(string service, long all)
    {
        for (var i = 0; await CountAsync(service, Kept) is var kept && (kept == 0 || kept >= all); i++)
        {
            i.ShouldBeLessThan(6000, $"{service} is in the middle: {kept}");
            await Task.Delay(5, Cancellation);
        }
    }

    private async Task UntilAsync(string service, string sql, long expected)
    {
        var end = DateTime.UtcNow.AddMinutes(1);
        long actual;
        while ((actual = await CountAsync(service, sql)) != expected && DateTime.UtcNow < end)
            await Task.Delay(50, Cancellation);
        actual.ShouldBe(expected, $"{service}: {sql}");
    }

    private async Task<long> CountAsync(string service, string sql) => long.Parse((await world.QueryAsync(service, sql, Cancellation))[0], CultureInfo.InvariantCulture);
}
