using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.CountyRouting.Tests.Packs;

/// <summary>A county publishes its pack over the API, and everybody sees which of its versions holds.</summary>
public sealed class PublishedPackTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_county_reads_its_pack_changes_it_and_sends_it_back()
    {
        var (_, tag, pack) = await GetAsync("/v1/counties/06059");
        tag.ShouldBe("\"1\"");
        pack["acknowledgeWithinMinutes"] = 5;

        var (status, newTag, outcome) = await PutAsync("county:06059", "06059", pack, tag);

        status.ShouldBe(HttpStatusCode.OK, outcome.ToJsonString());
        newTag.ShouldBe("\"2\"");
        outcome["changes"]!.ToJsonString().ShouldBe("""[{"op":"REPLACE","pointer":"/acknowledgeWithinMinutes","from":15,"to":5}]""");
        (outcome["version"]!.GetValue<int>(), outcome["published"]!.GetValue<bool>()).ShouldBe((2, true));
        await _service.EventuallyAsync(directory => directory.PackOf(Orange) is { Version: 2, AcknowledgeWithinMinutes: 5 }, "it is in force", Cancellation);
        var (again, _, conflict) = await PutAsync("county:06059", "06059", pack, tag);
        (again, conflict["type"]!.GetValue<string>()).ShouldBe((HttpStatusCode.PreconditionFailed, "/problems/precondition-failed"));
        (await PutAsync("county:06059", "06059", pack, null)).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
    }

    [Fact]
    public async Task A_pack_that_says_what_the_last_one_does_and_one_that_is_only_tried_publish_nothing()
    {
        var (_, tag, pack) = await GetAsync("/v1/counties/06059");

        var same = await PutAsync("county:06059", "06059", pack, tag);
        pack["hotline"]!["phone"] = "714-555-0160";
        var tried = await PutAsync("county:06059", "06059", pack, tag, "?dryRun=true");

        (same.Tag, same.Body["published"]!.GetValue<bool>(), same.Body["version"]!.GetValue<int>()).ShouldBe(("\"1\"", false, 1));
        (tried.Tag, tried.Body["published"]!.GetValue<bool>(), tried.Body["version"]!.GetValue<int>()).ShouldBe(("\"1\"", false, 2));
        tried.Body["changes"]![0]!["pointer"]!.GetValue<string>().ShouldBe("/hotline/phone");
        (await GetAsync("/v1/counties/06059/versions")).Body["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_planned_holds_from_its_day_on_and_what_is_published_later_stands_before_it()
    {
        var today = _service.Directory.Today;
        var (_, tag, pack) = await GetAsync("/v1/counties/06059");
        pack["acknowledgeWithinMinutes"] = 7;
        pack["effectiveFrom"] = $"{today.AddDays(2):yyyy-MM-dd}";
        (await PutAsync("county:06059", "06059", pack, tag)).Status.ShouldBe(HttpStatusCode.OK);

        (await GetAsync("/v1/counties/06059")).Tag.ShouldBe("\"1\"", "its day has not come");
        var refused = await PutAsync("county:06059", "06059", pack, tag);
        refused.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        refused.Body["detail"]!.GetValue<string>().ShouldContain("?version=2");
        var (_, plannedTag, planned) = await GetAsync("/v1/counties/06059?version=2");
        (plannedTag, planned["acknowledgeWithinMinutes"]!.GetValue<int>()).ShouldBe(("\"2\"", 7));

        planned["acknowledgeWithinMinutes"] = 8;
        planned.AsObject().Remove("effectiveFrom");
        var outcome = await PutAsync("state:ca", "06059", planned, plannedTag);
        outcome.Body["supersedes"]!.ToJsonString().ShouldBe("[2]");
        await _service.EventuallyAsync(directory => directory.PackOf(Orange).Version == 3, "the later one is in force", Cancellation);

        var versions = (await GetAsync("/v1/counties/06059/versions")).Body["items"]!.AsArray();
        versions.Select(v => (v!["version"]!.GetValue<int>(), (string?)v["publishedBy"], v["inForce"]!.GetValue<bool>()))
            .ShouldBe([(3, "state:ca", true), (2, "county:06059", false), (1, null, false)]);
        versions[0]!["changes"]!.ToJsonString().ShouldBe("""[{"op":"REPLACE","pointer":"/acknowledgeWithinMinutes","from":7,"to":8}]""");
        versions[2]!["changes"]!.AsArray().Select(change => change!["pointer"]!.GetValue<string>()).ShouldContain("/hotline");
    }

    [Fact]
    public async Task Another_countys_pack_is_not_written_and_a_wrong_one_is_told_everything()
    {
        var (_, tag, pack) = await GetAsync("/v1/counties/06059");

        (await PutAsync("county:06037", "06059", pack, tag)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await PutAsync("le:CA0194200", "06059", pack, tag)).Status.ShouldBe(HttpStatusCode.Forbidden);
        var other = await PutAsync("county:06037", "06037", pack, tag);
        other.Body["errors"]![0]!["code"]!.GetValue<string>().ShouldBe("other-county");
        pack["acknowledgeWithinMinutes"] = 0;
        pack["hotlin"] = 1;
        pack["clocks"]![0]!["law"] = "a-friends-advice";
        var wrong = await PutAsync("county:06059", "06059", pack, tag);
        wrong.Body["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}").ShouldBe(
            ["/hotlin unknown-member", "/acknowledgeWithinMinutes out-of-range", "/clocks/0/law unknown-rule"]);
    }

    [Theory]
    [InlineData("county:06067", true)]
    [InlineData("state:ca", true)]
    [InlineData("county:06059", false)]
    [InlineData("le:CA0194200", false)]
    [InlineData("provider:harbor-house", false)]
    public async Task Whom_a_county_wakes_is_shown_to_itself_and_the_state_alone(string organization, bool isShown)
    {
        foreach (var path in new[] { "/v1/counties/06067", "/v1/counties/06067?version=1", "/v1/counties/06067/versions" })
        {
            var (status, _, body) = await SendAsync(organization, new(HttpMethod.Get, path));
            status.ShouldBe(HttpStatusCode.OK, path);
            body.ToJsonString().Contains("916-555-0142", StringComparison.Ordinal).ShouldBe(isShown, path);
        }
    }

    [Fact]
    public async Task Every_county_is_listed_and_says_whether_it_can_be_called()
    {
        var all = (await GetAsync("/v1/counties?limit=200")).Body["items"]!.AsArray();
        var none = (await GetAsync("/v1/counties?limit=200&contacts=NONE")).Body["items"]!.AsArray();

        all.Count.ShouldBe(58);
        none.Count.ShouldBe(53, "five have a sample");
        none.ShouldAllBe(county => county!["hotline"] == null);
        (await GetAsync("/v1/counties?contacts=OLD")).Status.ShouldBe(HttpStatusCode.BadRequest);

        await _service.ExecuteAsync("update protocol_packs set pack = jsonb_set(pack, '{hotline,verifiedAt}', '\"2026-01-01\"') where county_fips = '06059'", Cancellation);
        await _service.EventuallyAsync(directory => directory.PackOf(Orange).Hotline!.VerifiedAt.Month == 1, "it is read", Cancellation);

        (await GetAsync("/v1/counties?contacts=STALE")).Body["items"]!.AsArray().Select(county => county!["countyFips"]!.GetValue<string>()).ShouldBe(["06059"]);
        var (_, tag, pack) = await GetAsync("/v1/counties/06059");
        pack["hotline"]!["stale"]!.GetValue<bool>().ShouldBeTrue();
        (await PutAsync("county:06059", "06059", pack, tag)).Body["published"]!.GetValue<bool>().ShouldBeFalse("what was read may be sent back");
    }

    private static ServiceDefaults.States.County Orange => Maps.California.Find(CountyFips.Parse("06059"))!;

    private async Task<(HttpStatusCode Status, string? Tag, JsonNode Body)> GetAsync(string path) => await SendAsync("county:06059", new(HttpMethod.Get, path));

    private Task<(HttpStatusCode Status, string? Tag, JsonNode Body)> PutAsync(string organization, string county, JsonNode pack, string? ifMatch, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/counties/{county}{query}") { Content = JsonContent.Create(pack) };
        if (ifMatch is not null)
            request.Headers.Add("If-Match", ifMatch);
        return SendAsync(organization, request);
    }

    private async Task<(HttpStatusCode Status, string? Tag, JsonNode Body)> SendAsync(string organization, HttpRequestMessage request)
    {
        using var client = _service.Caller(organization);
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, answer.Headers.ETag?.Tag, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!);
    }
}
