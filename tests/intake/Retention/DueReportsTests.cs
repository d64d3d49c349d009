using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Retention;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Intake.Tests.Retention;

/// <summary>Which reports have been kept long enough, by the dry run.</summary>
public sealed class DueReportsTests(RetainedReports reports) : IClassFixture<RetainedReports>
{
    [Theory]
    [InlineData("", 1095, null)]
    [InlineData("06037:", 1095, "06037")]
    [InlineData("06037:400", 400, "06037")]
    [InlineData("06037:400 06059:500", 500, "06059")]
    [InlineData("06037:2000 06059:", 2000, "06037")]
    // A county that leaves it to the state does not lose its report by what another one wants.
    [InlineData("06037:400 06059:", 1095, "06059")]
    public async Task A_report_is_kept_for_the_longest_that_one_of_its_counties_wants(string counties, int days, string? county)
    {
        var created = await reports.CreateAsync(counties);
        var last = await LastAsync(created);

        (await reports.DueAsync(created.ReportId, last.AddDays(days).AddMinutes(-1))).ShouldBeNull();
        var due = (await reports.DueAsync(created.ReportId, last.AddDays(days).AddMinutes(1))).ShouldNotBeNull();

        due["days"]!.GetValue<int>().ShouldBe(days);
        due["organization"]?.GetValue<string>().ShouldBe(county is null ? null : $"county:{county}");
        due["dueSince"]!.GetValue<DateTimeOffset>().ShouldBe(last.AddDays(days), TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("06037:", false)]
    // One that has not decided keeps it for the other too.
    [InlineData("06037:400 06059:", false)]
    [InlineData("06037:400 06059:500", true)]
    public async Task Nothing_is_due_by_default_until_every_county_has_decided(string counties, bool isDue)
    {
        var created = await reports.CreateAsync(counties);
        var undecided = new DueReports(reports.Intake.Source, new RetentionSettings(new ConfigurationBuilder().Build()));

        var due = await undecided.FindAsync(DateTimeOffset.UtcNow.AddYears(200), 1000, TestContext.Current.CancellationToken);

        due.Any(d => d.ReportId == created.ReportId).ShouldBe(isDue);
    }

    [Fact]
    public async Task Whatever_happens_to_the_encounter_counts_anew_but_a_destruction_does_not()
    {
        var created = await reports.CreateAsync("06037:400");
        await reports.AgeAsync(created, 401);
        (await reports.DueAsync(created.ReportId)).ShouldNotBeNull();

        await reports.Intake.PublishAsync(new ReportDestroyed { EncounterId = created.EncounterId, At = DateTimeOffset.UtcNow, ReportId = Guid.NewGuid(), Ground = DestructionGrounds.CourtOrder });
        await reports.Intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'report.destroyed.v1'", 1, "it is on the timeline");
        (await reports.DueAsync(created.ReportId)).ShouldNotBeNull();

        await reports.Intake.PublishAsync(new JurisdictionAssigned { EncounterId = created.EncounterId, At = DateTimeOffset.UtcNow, DeskItemId = Guid.NewGuid(), Organization = Organization.Parse("county:06037") });
        await reports.Intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'jurisdiction.assigned.v1'", 1, "it is on the timeline");
        (await reports.DueAsync(created.ReportId)).ShouldBeNull();
    }

    [Fact]
    public async Task The_dry_run_counts_for_each_county_changes_nothing_and_is_on_the_ledger()
    {
        var created = await reports.CreateAsync("06071:365");
        await reports.AgeAsync(created, 366);
        const string ordered = "select count(*) from destructions";
        const string looked = "select count(*) from ledger where action = 'retention.previewed' and organization = 'state:ca'";
        var (before, entries) = (await reports.Intake.CountAsync(ordered), await reports.Intake.CountAsync(looked));

        var preview = await reports.PreviewAsync();

        var county = preview.Json["counties"]!.AsArray().Single(c => c!["organization"]?.GetValue<string>() == "county:06071")!;
        (county["days"]!.GetValue<int>(), county["reports"]!.GetValue<int>()).ShouldBe((365, 1));
        preview.Json["rules"]!.AsArray().Select(r => $"{r!["kind"]} {r["citation"]}").ShouldBe(["PRODUCT_DEFAULT SafeHarbor default", "STATUTE WIC 10851", "STATUTE AB 452"]);
        preview.Json["count"]!.GetValue<int>().ShouldBe(preview.Json["reports"]!.AsArray().Count);
        (await reports.Intake.CountAsync(ordered)).ShouldBe(before);
        (await reports.Intake.CountAsync(looked)).ShouldBe(entries + 1);
        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task It_is_the_states_with_the_scope_alone()
    {
        (await reports.PreviewAsync(scopes: "operations.act")).Status.ShouldBe(403);
        (await reports.PreviewAsync(organization: "county:06037")).Status.ShouldBe(403);
        (await reports.Intake.SendAsync(HttpMethod.Post, "/v1/retention/run", organization: "county:06037", scopes: "retention.act")).Status.ShouldBe(403);
        (await reports.Intake.SendAsync(HttpMethod.Get, "/v1/retention/due?limit=0", organization: "state:ca", scopes: "retention.act")).Errors.ShouldBe(["limit out-of-range"]);
    }

    [Theory]
    [InlineData("Retention:DefaultDays", "364")]
    [InlineData("Retention:KeyBackupDays", "0")]
    [InlineData("Retention:KeyBackupDays", "36")]
    [InlineData("Retention:Every", "00:00:00")]
    public void A_setting_out_of_range_keeps_the_service_from_starting(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();

        Should.Throw<StartRefusedException>(new RetentionSettings(configuration).Check).Message.ShouldStartWith(setting);
    }

    private async Task<DateTimeOffset> LastAsync(Answer created) =>
        new(await reports.ScalarAsync<DateTime>($"select max(at) from timeline where encounter_id = '{created.EncounterId}'"));
}
