using Npgsql;
using SafeHarbor.Bench.Raw;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Journeys.Tests;
using SafeHarbor.Load;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.TestServers;

namespace SafeHarbor.Bench.Tests;

/// <summary>The yardstick is only worth something when it carries what a real journey carries.</summary>
public sealed class ChainTests
{
    private const string Noted = "select consumer, count(*)::int from inbox where consumer not like '%-witness' group by consumer";
    private const string Recorded = $"{Noted} union all select 'intake-timeline', count(*)::int from timeline union all select 'intake-disclosure', count(*)::int from grants";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_table_is_what_a_real_journey_publishes_and_what_is_delivered_of_it()
    {
        var plan = InstallationPlan.ForTests(Checkout.Find(), await Servers.GetAsync(Cancellation));
        await using var stage = await Stage.OpenAsync(plan, Cancellation);
        await using var tap = await Tap.OpenAsync(stage.Installation.Broker, Cancellation);

        (await stage.Journeys.RunAsync(ReportKind.Plain, Cancellation)).HasEnded.ShouldBeTrue();
        (await Completeness.CheckAsync(stage, Cancellation)).ShouldBeEmpty();

        var delivered = Chain.Hops.SelectMany(hop => hop.Queues).CountBy(queue => queue).ToDictionary();
        (await UntilAsync(() => DeliveredAsync(stage), d => d.Values.Sum() >= Chain.Deliveries)).ShouldBe(delivered, ignoreOrder: true);
        // Where ledgers end is told by the clock, whatever journeys there are.
        var seen = (await tap.DrainAsync(Cancellation)).Where(m => m.Type != WireNameAttribute.Of(typeof(LedgerCheckpointed))).ToList();
        seen.Select(m => m.Type).Order().ShouldBe(Chain.Hops.Where(h => h.Event is not null).Select(h => WireNameAttribute.Of(h.Event!)).Order());
        // Lengths differ by a digit of a time here and there.
        ((double)seen.Sum(m => m.Body.Length)).ShouldBe(Chain.Hops.Where(h => h.Event is not null).Sum(h => h.Bytes), tolerance: 100);
    }

    [Fact]
    public async Task A_raw_journey_makes_every_delivery_of_the_table()
    {
        await using var broker = await TestBroker.DeclaredAsync(Cancellation);
        await using var bus = await RawBus.StartAsync(new Uri(broker.Address), Cancellation);

        await bus.RunJourneyAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public void Every_message_but_the_first_follows_from_a_delivery_that_is_made()
    {
        foreach (var hop in Chain.Hops.Skip(1))
            Chain.Hops.Single(h => h.Name == hop.After).Queues.ShouldContain(hop.At!, hop.Name);
    }

    // Whoever has an inbox notes each delivery there. A recorder has none: a delivery is the row that it added.
    private static async Task<Dictionary<string, int>> DeliveredAsync(Stage stage)
    {
        var rows = new Dictionary<string, int>();
        foreach (var kind in ServiceKind.All)
        {
            await using var connection = stage.Connect(kind);
            await connection.OpenAsync(Cancellation);
            await using var command = new NpgsqlCommand(kind == ServiceKind.Intake ? Recorded : Noted, connection);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            while (await reader.ReadAsync(Cancellation))
                rows[reader.GetString(0)] = reader.GetInt32(1);
        }
        return rows;
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        T seen;
        for (var end = DateTime.UtcNow.AddSeconds(30); !holds(seen = await look()) && DateTime.UtcNow < end;)
            await Task.Delay(100, Cancellation);
        return seen;
    }
}
