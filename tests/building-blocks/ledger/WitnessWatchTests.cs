using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.Ledger.Witnesses;

namespace SafeHarbor.Ledger.Tests;

/// <summary>Who runs a service is told when nobody elsewhere keeps what its ledger has come to.</summary>
public sealed class WitnessWatchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 7, 10, 0, TimeSpan.Zero);

    private readonly Clock _clock = new();
    private TestLedger _ledger = null!;
    private WitnessWatch _watch = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync();
        _watch = _ledger.NewWatch(_clock);
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        return _ledger.DisposeAsync();
    }

    [Fact]
    public async Task A_ledger_that_nobody_confirms_for_three_minutes_says_so_until_somebody_does()
    {
        (await TroubleAsync(after: 180)).ShouldBeNull("it has only just started");
        (await TroubleAsync(after: 181))!.ShouldStartWith("No witness has kept this ledger's end");

        _watch.See([.. new[] { "intake", "county-routing", "notification", "case-services" }.Select(service => Heard(service, confirmed: 121))], []);

        (await TroubleAsync(after: 181)).ShouldBeNull();
        (await TroubleAsync(after: 302))!.ShouldStartWith("No witness has kept this ledger's end");
    }

    [Fact]
    public async Task A_witness_that_falls_silent_beside_others_or_was_never_heard_is_named_and_a_node_is_not()
    {
        _watch.Expect("file");
        _watch.See([Heard("notification", confirmed: 600), Heard("case-services", confirmed: 300), Heard("node-los-angeles", confirmed: 0), Heard("intake", confirmed: null)], []);

        (await TroubleAsync(after: 601)).ShouldBe("Witnesses of this ledger that keep nothing: intake, county-routing, case-services, file.");
        _watch.Kept("file", Start.AddSeconds(600));
        (await TroubleAsync(after: 601)).ShouldBe("Witnesses of this ledger that keep nothing: intake, county-routing, case-services.");
    }

    [Fact]
    public async Task A_nodes_ledger_is_county_routings_to_keep_and_no_other_services()
    {
        using var watch = _ledger.NewWatch(_clock, "node-los-angeles");
        watch.See([Heard("county-routing", confirmed: 600), Heard("intake", confirmed: null), Heard("notification", confirmed: null)], []);

        (await TroubleAsync(watch, after: 601)).ShouldBeNull();
    }

    [Fact]
    public async Task A_ledger_that_contradicted_itself_is_named_before_everything_else()
    {
        _watch.See([], ["intake"]);

        (await TroubleAsync(after: 600))!.ShouldStartWith("A ledger that this service witnesses was cut off or written anew: intake.");
    }

    private Task<string?> TroubleAsync(int after) => TroubleAsync(_watch, after);

    private async Task<string?> TroubleAsync(WitnessWatch watch, int after)
    {
        _clock.Now = Start.AddSeconds(after);
        var result = await watch.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        return result.Status == HealthStatus.Healthy ? null : result.Description;
    }

    private static HeardLedger Heard(string ledger, int? confirmed) => new() { Ledger = ledger, ConfirmedAt = confirmed is { } seconds ? Start.AddSeconds(seconds) : null };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
