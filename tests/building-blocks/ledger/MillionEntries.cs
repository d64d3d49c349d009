using System.Diagnostics;

namespace SafeHarbor.Ledger.Tests;

/// <summary>How long a million entries take: no test but a measurement, for who asks (<c>--explicit only --filter-class *MillionEntries --show-live-output on</c>).</summary>
public sealed class MillionEntries(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Are_linked_and_verified()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.TamperAsync("""
            insert into ledger (at, action, organization, subject, report_id, tier, grant_id, purpose)
            select now(), 'report.read', 'county:06037', 'somebody ' || n % 1000, gen_random_uuid(), 'COUNTY', gen_random_uuid(), 'emergency response' from generate_series(1, 1000000) n;
            insert into ledger_unlinked select entry_id from ledger;
            """);
        await ledger.ExecuteAsync("analyze");
        var clock = Stopwatch.StartNew();
        await ledger.LinkAllAsync();
        output.WriteLine($"linked in {clock.Elapsed.TotalSeconds:0.0} s");
        await ledger.ExecuteAsync("analyze");

        clock.Restart();
        var result = await ledger.VerifyAsync();

        output.WriteLine($"verified in {clock.Elapsed.TotalSeconds:0.0} s");
        result.ShouldBeSound(linked: 1_000_000);
    }
}
