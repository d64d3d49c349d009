using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Intake.Disclosure;

namespace SafeHarbor.Intake.Tests;

/// <summary>Intake that waits for grants longer than by default, so that it is seen to wait also on a machine that has much else to do, and lets few wait.</summary>
public sealed class RunningIntakeThatWaits : RunningIntake
{
    public const int OfOrganization = 3;
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(6);

    protected override (string Key, string Value)[] Settings =>
        [("Disclosure:WaitForGrant", $"{Bound}"), ("Disclosure:Waiting", "5"), ("Disclosure:WaitingOfOrganization", $"{OfOrganization}")];
}

/// <summary>Who has accepted reads at once, though the grant is still on its way; who has not is refused, and learns nothing from how long that takes.</summary>
public sealed class AwaitedGrantTests(RunningIntakeThatWaits running) : IClassFixture<RunningIntakeThatWaits>
{
    private static readonly TimeSpan Bound = RunningIntakeThatWaits.Bound;
    private readonly TestIntake _intake = running.Intake;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("provider:harbor-house", Tiers.Accepted), InlineData("county:06059", Tiers.County), InlineData("da:06037", Tiers.County)]
    public async Task Whoever_reads_right_after_accepting_reads_however_often(string organization, string tier)
    {
        for (var i = 0; i < 15; i++)
        {
            var report = await ReportAsync();
            await _intake.PublishAsync(Granted(report, organization, tier));

            (await ReadAsync(report.ReportId, organization)).Status.ShouldBe(200);
        }

        (await _intake.CountAsync($"select count(*) from ledger where action = 'report.refused' and organization = '{organization}'")).ShouldBe(0, "nobody who did right is written down as refused");
    }

    [Theory]
    [InlineData("GET", "whereabouts", 200), InlineData("PUT", "whereabouts", 200), InlineData("GET", "worker", 200), InlineData("PUT", "worker", 409)]
    public async Task The_same_holds_for_what_else_a_grant_opens(string method, string part, int status)
    {
        for (var i = 0; i < 5; i++)
        {
            var report = await ReportAsync();
            await _intake.PublishAsync(Granted(report, "county:06059", Tiers.County));

            object? body = (method, part) switch
            {
                ("PUT", "whereabouts") => new { holder = "GUARDIAN", since = DateTimeOffset.UtcNow.AddMinutes(-1) },
                ("PUT", _) => new { name = "A Worker", phone = "555-0100" },
                _ => null,
            };
            var answer = await _intake.SendAsync(new(method), $"/v1/reports/{report.ReportId}/{part}", body, "county:06059", "reports.read handoffs.act");
            answer.Status.ShouldBe(status, answer.Body);
        }
    }

    [Fact]
    public async Task A_grant_that_another_instance_has_committed_ends_the_waiting_too()
    {
        var report = await ReportAsync();
        var reading = ReadAsync(report.ReportId, "provider:harbor-house");
        await WaitingAsync(1);

        // Nothing tells this process of it.
        await _intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{report.EncounterId}', '{report.ReportId}', 'provider:harbor-house', 'T1', 'pc-11166-k', now(), now() + interval '1 day') returning 1
            """);

        (await reading).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_exists_and_what_does_not_is_refused_after_the_same_time_by_the_same_answer()
    {
        var report = await ReportAsync();

        var (there, took) = await TimedAsync(report.ReportId);
        var (absent, tookToo) = await TimedAsync(Guid.NewGuid());

        (there.Status, absent.Status).ShouldBe((404, 404));
        foreach (var time in new[] { took, tookToo })
            time.ShouldBeGreaterThan(Bound - TimeSpan.FromMilliseconds(20));
        (took - tookToo).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(500), $"{took} and {tookToo}");
        await RefusedAsync(report.ReportId, "county:06001");
    }

    [Fact]
    public async Task Whoever_hangs_up_while_it_waits_is_written_down_as_refused()
    {
        var report = await ReportAsync();
        using var hangsUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var client = _intake.Client("county:06001", "reports.read");
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
        var waiting = Enumerable.Range(0, RunningIntakeThatWaits.OfOrganization).Select(_ => ReadAsync(report.ReportId, "county:06001")).ToList();
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

        await _intake.EventuallyAsync("select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'", 0, "no transaction is open");
        reading.IsCompleted.ShouldBeFalse();
        await reading;
    }

    [Fact]
    public async Task An_agency_is_given_nothing_so_it_does_not_wait()
    {
        var (denied, took) = await TimedAsync(Guid.NewGuid(), "le:CA0370000");

        denied.Status.ShouldBe(404);
        took.ShouldBeLessThan(Bound);
    }

    private Task WaitingAsync(int many) => TestIntake.EventuallyAsync(() => Awaited.Waiting == many, $"{many} wait");

    private AwaitedGrants Awaited => _intake.Services.GetRequiredService<AwaitedGrants>();

    private Task RefusedAsync(Guid report, string organization) => _intake.EventuallyAsync(
        $"select count(*) from ledger where report_id = '{report}' and action = 'report.refused' and organization = '{organization}'", 1, "the refusal is on the ledger");

    private async Task<(Answer Answer, TimeSpan Took)> TimedAsync(Guid report, string organization = "county:06001")
    {
        var watch = Stopwatch.StartNew();
        return (await ReadAsync(report, organization), watch.Elapsed);
    }

    private Task<Answer> ReadAsync(Guid report, string organization) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{report}", organization: organization, scopes: "reports.read");

    private async Task<Answer> ReportAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        return created;
    }

    private static DisclosureGranted Granted(Answer report, string organization, string tier) => Sample.Granted(report.EncounterId, report.ReportId, organization, tier);
}
