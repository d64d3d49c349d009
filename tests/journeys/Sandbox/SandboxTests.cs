using System.Net.Http.Json;

namespace SafeHarbor.Journeys.Tests.Sandbox;

/// <summary>docs/sandbox.md, "To see X send Y".</summary>
[Collection(typeof(InTheSandbox))]
public sealed class SandboxTests(SandboxWorld world)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_a_test_wherever_it_is_kept_and_goes()
    {
        var encounter = await ReportAsync(SampleEncounters.LosAngeles);

        var timeline = await world.TimelineAsync(encounter, t => Has(t, "need.completed.v1") && Has(t, "handoff.accepted.v1"), "the county accepts and the need is met", Cancellation);

        timeline.Single(entry => entry.Type == "encounter.reported.v1").Data.GetProperty("test").GetBoolean().ShouldBeTrue();
        var receipt = await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{encounter}", Cancellation);
        receipt.Body.GetProperty("test").GetBoolean().ShouldBeTrue();
        (await world.QueryAsync("intake", "select distinct test from encounters", Cancellation)).ShouldBe(["True"]);
        (await PageAsync()).ShouldContain("&quot;test&quot;: true");
        var feed = await world.Api.GetAsync(world.Installation.Notification, "county:06037", "/v1/feed", Cancellation);
        feed.Body.GetProperty("items").EnumerateArray().ShouldAllBe(notice => notice.GetProperty("test").GetBoolean());
    }

    [Fact]
    public async Task Riversides_providers_decline_for_every_reason_before_one_accepts()
    {
        var encounter = await ReportAsync((33.95, -117.40));

        var timeline = await world.TimelineAsync(encounter, t => Has(t, "need.completed.v1"), "the last one accepts", Cancellation);

        timeline.Where(e => e.Type == "offer.declined.v1").Select(e => e.Data.GetProperty("reason").GetString()).ShouldBe(Contracts.Codes.DeclineReasons.All, ignoreOrder: true);
    }

    [Fact]
    public async Task In_Los_Angeles_one_provider_of_shelter_declines_one_lets_its_offer_expire_and_one_accepts()
    {
        var encounter = await ReportAsync(SampleEncounters.LosAngeles, "EMERGENCY_SHELTER");

        await world.TimelineAsync(encounter, t => Has(t, "offer.declined.v1") && Has(t, "offer.expired.v1") && Has(t, "need.completed.v1"), "all three answer", Cancellation);
    }

    [Fact]
    public async Task Near_a_county_line_both_counties_are_told()
    {
        var encounter = await ReportAsync(SampleEncounters.NearOrange);

        await world.TimelineAsync(encounter, t => t.Count(e => e.Type == "handoff.acknowledged.v1") == 2, "both acknowledge", Cancellation);
    }

    [Fact]
    public async Task Mono_is_slow_but_accepts()
    {
        var encounter = await ReportAsync((37.93, -118.95));

        await world.TimelineAsync(encounter, t => Has(t, "handoff.acknowledged.v1") && Has(t, "handoff.accepted.v1"), "it accepts", Cancellation);
    }

    [Fact]
    public async Task Alpine_takes_notices_and_stays_silent_until_its_ladder_is_climbed()
    {
        var timeline = await world.TimelineAsync(world.InAlpine, t => Has(t, "handoff.escalated.v1"), "silence climbs the ladder", Cancellation);

        Has(timeline, "notice.delivered.v1").ShouldBeTrue();
        Has(timeline, "handoff.acknowledged.v1").ShouldBeFalse();
    }

    [Fact]
    public async Task Sierras_endpoint_is_down()
    {
        var encounter = await ReportAsync((39.56, -120.51));

        await world.TimelineAsync(encounter, t => Has(t, "notice.failing.v1"), "its notice fails", Cancellation);
    }

    [Fact]
    public async Task Alameda_is_whoevers_who_tries_a_countys_integration()
    {
        var registered = await world.Api.PostAsync(world.Installation.Notification, "county:06001", "/v1/endpoints", new { url = $"{world.Host.Address}/to/my-system" }, Cancellation, Guid.NewGuid().ToString());
        using var http = new HttpClient { BaseAddress = new Uri(world.Host.Address) };
        using var form = new FormUrlEncodedContent([new("to", "my-system"), new("secret", registered.Body.GetProperty("secret").GetString())]);
        using var told = await http.PostAsync("/secrets", form, Cancellation);
        told.IsSuccessStatusCode.ShouldBeTrue("the page comes again");
        await world.Api.ConfirmAsync("county:06001", registered, Cancellation);

        var encounter = await ReportAsync((37.80, -122.27));
        var timeline = await world.TimelineAsync(encounter, t => Has(t, "notice.delivered.v1"), "the notice is delivered", Cancellation);
        using var forged = await http.PostAsJsonAsync("/to/my-system", new { type = "org.safeharbor.handoff.opened.v1" }, Cancellation);

        ((int)forged.StatusCode).ShouldBe(401);
        var shown = (await PageAsync()).Split("<article>").Where(article => article.StartsWith("<h2>my-system", StringComparison.Ordinal)).ToList();
        shown.ShouldContain(article => article.Contains(">valid<") && article.Contains(encounter));
        shown.ShouldContain(article => article.Contains("INVALID"));
        Has(timeline, "handoff.acknowledged.v1").ShouldBeFalse("nobody else acts for it");
    }

    [Fact]
    public async Task Where_nobody_knows_the_desk_assigns()
    {
        var encounter = await ReportAsync(null);

        var timeline = await world.TimelineAsync(encounter, t => Has(t, "jurisdiction.assigned.v1"), "the desk assigns", Cancellation);

        timeline.Single(e => e.Type == "jurisdiction.assigned.v1").Data.GetProperty("organization").GetString().ShouldBe("county:06067");
    }

    [Fact]
    public async Task Somebody_who_comes_again_finds_its_endpoints_replaced_and_not_doubled()
    {
        var before = await EndpointsAsync();

        await world.ComeAsync(Cancellation);

        (await EndpointsAsync()).ShouldBe(before);
    }

    private async Task<int> EndpointsAsync() =>
        (await world.Api.GetAsync(world.Installation.Notification, "county:06037", "/v1/endpoints", Cancellation)).Body.GetProperty("items").GetArrayLength();

    private static bool Has(IReadOnlyList<Entry> timeline, string type) => timeline.Any(entry => entry.Type == type);

    private async Task<string> ReportAsync((double, double)? place, string need = "ADVOCATE") =>
        (await world.ReportAsync(SampleEncounters.At(place, need), Cancellation)).GetProperty("encounterId").GetString()!;

    private async Task<string> PageAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(world.Host.Address, Cancellation);
    }
}
