using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Disclosure;

namespace SafeHarbor.Intake.Tests;

/// <summary>Intake that waits for grants so long that it is seen to wait, also on a machine that has much else to do, and lets few wait.</summary>
public sealed class RunningIntakeThatWaitsLong : RunningIntake
{
    public const int OfOrganization = 3;

    protected override (string Key, string Value)[] Settings =>
        [("Disclosure:WaitForGrant", "00:00:10"), ("Disclosure:Waiting", "5"), ("Disclosure:WaitingOfOrganization", $"{OfOrganization}")];
}

/// <summary>Who waits for a grant: what ends the waiting, how many may, and what they hold meanwhile.</summary>
public sealed class GrantWaiterTests(RunningIntakeThatWaitsLong running) : AwaitedGrantTest(running), IClassFixture<RunningIntakeThatWaitsLong>
{
    private AwaitedGrants Awaited => Intake.Services.GetRequiredService<AwaitedGrants>();

    [Fact]
    public async Task A_grant_that_another_instance_has_committed_ends_the_waiting_too()
    {
        var report = await ReportAsync();
        var reading = ReadAsync(report.ReportId, "provider:harbor-house");
        await WaitingAsync(1);

        // Nothing tells this process of it.
        await Intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{report.EncounterId}', '{report.ReportId}', 'provider:harbor-house', 'T1', 'pc-11166-k', now(), now() + interval '1 day') returning 1
            """);

        (await reading).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Whoever_hangs_up_while_it_waits_is_written_down_as_refused()
    {
        var report = await ReportAsync();
        using var hangsUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var client = Intake.Client("county:06001", "reports.read");
        var reading = client.GetAsync(new Uri($"/v1/reports/{report.ReportId}", UriKind.Relative), hangsUp.Token);
        await WaitingAsync(1);

        await hangsUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        await RefusedAsync(report.ReportId, "county:06001");
    }

    [Fact]
    public async Task Only_so_many_wait_of_an_organization_and_in_all_and_the_others_are_answered_at_once()
    {
        var report = await ReportAsync();
        var waiting = Enumerable.Range(0, RunningIntakeThatWaitsLong.OfOrganization).Select(_ => ReadAsync(report.ReportId, "county:06001")).ToList();
        await WaitingAsync(3);

        (await ReadAsync(report.ReportId, "county:06001")).Status.ShouldBe(404);
        waiting.ShouldAllBe(w => !w.IsCompleted, "that one did not wait");
        var others = new[] { "county:06003", "county:06005" }.Select(o => ReadAsync(report.ReportId, o)).ToList();
        await WaitingAsync(5);
        (await ReadAsync(report.ReportId, "county:06007")).Status.ShouldBe(404);
        others.ShouldAllBe(w => !w.IsCompleted, "nor did that one, though it is the only one of its organization");

        (await Task.WhenAll(waiting.Concat(others))).ShouldAllBe(a => a.Status == 404);
        await WaitingAsync(0);
    }

    [Fact]
    public async Task Who_waits_holds_no_connection_of_the_database()
    {
        var report = await ReportAsync();
        var reading = ReadAsync(report.ReportId, "county:06001");
        await WaitingAsync(1);

        await Intake.EventuallyAsync("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'", 0, "no transaction is open");
        reading.IsCompleted.ShouldBeFalse();
        await Intake.PublishAsync(Granted(report, "county:06001", Tiers.County));
        (await reading).Status.ShouldBe(200);
    }

    private Task WaitingAsync(int many) => TestIntake.EventuallyAsync(() => Awaited.Waiting == many, $"{many} wait");
}
