using System.Diagnostics;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Intake.Tests;

/// <summary>Intake as it waits for grants by default.</summary>
public sealed class RunningIntakeThatWaits : RunningIntake
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    protected override (string Key, string Value)[] Settings => [("Disclosure:WaitForGrant", $"{Bound}")];
}

/// <summary>Who has accepted reads at once, though the grant is still on its way; who has not is refused, and learns nothing from how long that takes.</summary>
public sealed class AwaitedGrantTests(RunningIntakeThatWaits running) : AwaitedGrantTest(running), IClassFixture<RunningIntakeThatWaits>
{
    private static readonly TimeSpan Bound = RunningIntakeThatWaits.Bound;

    [Theory]
    [InlineData("provider:harbor-house", Tiers.Accepted), InlineData("county:06059", Tiers.County), InlineData("da:06037", Tiers.County)]
    public async Task Whoever_reads_right_after_accepting_reads_however_often(string organization, string tier)
    {
        for (var i = 0; i < 15; i++)
        {
            var report = await ReportAsync();
            await Intake.PublishAsync(Granted(report, organization, tier));

            (await ReadAsync(report.ReportId, organization)).Status.ShouldBe(200);
        }

        (await Intake.CountAsync($"select count(*) from ledger where action = 'report.refused' and organization = '{organization}'")).ShouldBe(0, "nobody who did right is written down as refused");
    }

    [Theory]
    [InlineData("GET", "whereabouts", 200), InlineData("PUT", "whereabouts", 200), InlineData("GET", "worker", 200), InlineData("PUT", "worker", 409)]
    public async Task The_same_holds_for_what_else_a_grant_opens(string method, string part, int status)
    {
        for (var i = 0; i < 5; i++)
        {
            var report = await ReportAsync();
            await Intake.PublishAsync(Granted(report, "county:06059", Tiers.County));

            object? body = (method, part) switch
            {
                ("PUT", "whereabouts") => new { holder = "GUARDIAN", since = DateTimeOffset.UtcNow.AddMinutes(-1) },
                ("PUT", _) => new { name = "A Worker", phone = "555-0100" },
                _ => null,
            };
            var answer = await Intake.SendAsync(new(method), $"/v1/reports/{report.ReportId}/{part}", body, "county:06059", "reports.read handoffs.act");
            answer.Status.ShouldBe(status, answer.Body);
        }
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
    public async Task An_agency_is_given_nothing_so_it_does_not_wait()
    {
        var (denied, took) = await TimedAsync(Guid.NewGuid(), "le:CA0370000");

        denied.Status.ShouldBe(404);
        took.ShouldBeLessThan(Bound);
    }

    private async Task<(Answer Answer, TimeSpan Took)> TimedAsync(Guid report, string organization = "county:06001")
    {
        var watch = Stopwatch.StartNew();
        return (await ReadAsync(report, organization), watch.Elapsed);
    }
}
