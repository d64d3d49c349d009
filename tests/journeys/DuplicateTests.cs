using RabbitMQ.Client;
using SafeHarbor.Contracts;

namespace SafeHarbor.Journeys.Tests;

/// <summary>Every kind of message comes a second time, to everybody who gets it; nothing changes.</summary>
public sealed class DuplicateTests(DuplicateTests.Still world) : IClassFixture<DuplicateTests.Still>
{
    /// <summary>Nothing is said again by itself: what was there before is there after.</summary>
    public sealed class Still : World
    {
        public Still() => Environment["Ledger__RepeatSeconds"] = "3600";
    }

    [Fact]
    public async Task A_duplicate_of_every_message_changes_nothing_anywhere()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var tap = await Tap.OpenAsync(world.Installation.Broker, cancellation);
        // One encounter that takes every turn: the desk, a decline, an expiry, and a telephone report.
        var receipts = new[]
        {
            await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "EMERGENCY_SHELTER", "MENTAL_HEALTH"), cancellation),
            await world.ReportAsync(SampleEncounters.At(null, "ADVOCATE"), cancellation),
        };
        await world.Api.PutAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{receipts[0].GetProperty("encounterId").GetString()}/telephone-report",
            new { calledAt = DateTimeOffset.UtcNow.AddMinutes(-1), agency = "Sample County", contact = "Sample Worker", referralNumber = "0000000000000000000" }, cancellation);
        foreach (var (receipt, needs) in receipts.Zip([2, 1]))
            await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => t.Count(e => e.Type == "need.completed.v1") == needs, "the journey completes", cancellation);
        // Of the first report it is told with whom the child is, and who has the case.
        var report = $"/v1/reports/{receipts[0].GetProperty("reports")[0].GetProperty("reportId").GetString()}";
        foreach (var (part, body) in new (string, object)[] { ("whereabouts", new { holder = "COUNTY_WORKER", since = DateTimeOffset.UtcNow }), ("worker", new { name = "Sample Worker", phone = "555-0150" }) })
            (await world.Api.PutAsync(world.Installation.Intake, "county:06037", $"{report}/{part}", body, cancellation)).IsSuccess.ShouldBeTrue(part);
        // The agency adds to it, and takes the other one back.
        foreach (var (receipt, part, body) in new (System.Text.Json.JsonElement, string, object)[] { (receipts[0], "supplements", new { child = new { name = new { given = "Invented" }, missing = true } }), (receipts[1], "retract", new { reason = "SENT_IN_ERROR" }) })
            (await world.Api.PostAsync(world.Installation.Intake, World.Officer, $"/v1/reports/{receipt.GetProperty("reports")[0].GetProperty("reportId").GetString()}/{part}", body, cancellation)).IsSuccess.ShouldBeTrue(part);
        // A county is drilled.
        var drill = (await world.Api.PostAsync(world.Installation.CountyRouting, "county:06037", "/v1/counties/06037/drills", new { }, cancellation)).Body.GetProperty("drillId").GetString();
        while ((await world.Api.GetAsync(world.Installation.CountyRouting, "county:06037", $"/v1/drills/{drill}", cancellation)).Body.GetProperty("state").GetString() != "ANSWERED")
            await Task.Delay(100, cancellation);
        await QuietAsync(cancellation);
        var before = await StateAsync(cancellation);
        var seen = await tap.DrainAsync(cancellation);

        foreach (var message in seen)
            await tap.RepeatAsync(message, cancellation);
        await QuietAsync(cancellation);

        (await StateAsync(cancellation)).ShouldBe(before);
        string[] kinds =
        [
            "disclosure.ended.v1", "disclosure.granted.v1", "drill.ended.v1", "drill.started.v1", "encounter.reported.v1", "handoff.accepted.v1", "handoff.acknowledged.v1", "handoff.call-counted.v1", "handoff.confirmed.v1",
            "handoff.officer-called.v1", "handoff.opened.v1", "handoff.retracted.v1", "handoff.supplemented.v1", "handoff.withdrawn.v1", "jurisdiction.assigned.v1", "jurisdiction.claimed.v1", "jurisdiction.undetermined.v1", "ledger.checkpointed.v1", "need.completed.v1", "need.engaged.v1", "need.opened.v1",
            "notice.delivered.v1", "notice.requested.v1", "offer.accepted.v1", "offer.declined.v1", "offer.expired.v1", "offer.made.v1",
            "report.retracted.v1", "report.supplemented.v1", "telephone-report.recorded.v1", "whereabouts.changed.v1", "worker.assigned.v1",
        ];
        seen.Select(m => m.Type).Distinct().Order(StringComparer.Ordinal).ToArray().ShouldBe(kinds);
    }

    private const string Owed = """
        select (select count(*) from outbox) + (select count(*) from ledger_unlinked)
            + (select count(*) from ledger_links where position > (select coalesce(max(position), 0) from ledger_checkpoints))
        """;

    /// <summary>Waits until every queue is empty, every outbox is sent and every ledger is signed.</summary>
    private async Task QuietAsync(CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(world.Installation.Broker) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        for (var quiet = 0; quiet < 5;)
        {
            var waiting = 0L;
            foreach (var subscription in Subscriptions.All)
                waiting += await channel.MessageCountAsync(subscription.Queue, cancellation);
            foreach (var service in world.Installation.Databases.Keys)
                waiting += long.Parse((await world.QueryAsync(service, Owed, cancellation))[0], System.Globalization.CultureInfo.InvariantCulture);
            quiet = waiting == 0 ? quiet + 1 : 0;
            await Task.Delay(200, cancellation);
        }
    }

    /// <summary>A digest of every row of every table of every service, except the inbox's, whose purpose it is to grow.</summary>
    private async Task<IReadOnlyList<string>> StateAsync(CancellationToken cancellation)
    {
        var state = new List<string>();
        foreach (var service in world.Installation.Databases.Keys)
            foreach (var table in await world.QueryAsync(service, "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'inbox%' and relname <> 'migrations' order by 1", cancellation))
                state.Add($"{service}.{table} {(await world.QueryAsync(service, $"select count(*), md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) from \"{table}\" t", cancellation))[0]}");
        return state;
    }
}
