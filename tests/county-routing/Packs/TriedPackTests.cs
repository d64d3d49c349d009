using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Packs;

/// <summary>A county tries a pack on the decisions that are kept, and publishes nothing.</summary>
public sealed class TriedPackTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    private async Task<Guid[]> RoutedAsync(params FoundLocation?[] places)
    {
        EncounterReported[] encounters = [.. places.Select(place => new EncounterReported
        {
            EncounterId = Guid.CreateVersion7(),
            At = DateTimeOffset.UtcNow,
            AgencyOri = "CA0194200",
            Location = place,
            Urgency = Urgencies.Prompt,
            Reports = [Facts.Child() with { ReportId = Guid.NewGuid(), AgencyOri = "CA0194200", Needs = [] }],
        })];
        foreach (var encounter in encounters)
            await _service.PublishAsync(encounter, Cancellation);
        await _service.EventuallyAsync("select count(*) from jurisdiction_decisions", places.Length, "they are routed", Cancellation);
        return [.. encounters.Select(encounter => encounter.EncounterId)];
    }

    /// <summary>The county's pack with a change, tried.</summary>
    private async Task<JsonNode> TriedAsync(string organization, string fips, Action<JsonNode> change)
    {
        using var client = _service.Caller(organization);
        var pack = (await client.GetFromJsonAsync<JsonNode>($"/v1/counties/{fips}", Cancellation))!;
        change(pack);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/counties/{fips}?dryRun=true") { Content = JsonContent.Create(pack), Headers = { { "If-Match", "*" } } };
        using var answer = await client.SendAsync(request, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["decisions"]!;
    }

    private static void Narrow(JsonNode pack) => pack["bands"] = new JsonObject { ["nearLineMeters"] = 1_000, ["onLineMeters"] = 400, ["vagueMeters"] = 10_000 };

    [Fact]
    public async Task What_is_tried_says_which_of_the_countys_decisions_would_have_told_somebody_else()
    {
        var encounters = await RoutedAsync(Facts.DowntownLosAngeles, Facts.EastWhittier, new(36.7378, -119.7871, 15));

        var tried = await TriedAsync("county:06037", "06037", Narrow);

        (tried["examined"]!.GetValue<int>(), tried["differ"]!.GetValue<int>()).ShouldBe((2, 1), "one is another county's");
        var different = tried["different"]!.AsArray().ShouldHaveSingleItem()!;
        (different["encounterId"]!.GetValue<Guid>(), (string?)different["decidedBy"]).ShouldBe((encounters[1], "ROUTING"));
        different["changes"]!.AsArray().Select(change => $"{change!["op"]} {change["organization"]}").ShouldBe(["REPLACE county:06037", "REMOVE county:06059"]);
        different.ToJsonString().ShouldNotContain("latitude");
        await _service.EventuallyAsync("select count(*) from ledger where action = 'jurisdiction.read' and about = '06037' and organization = 'county:06037'", 1, "that it was read is on the ledger", Cancellation);
        await _service.EventuallyAsync("select count(*) from protocol_packs where county_fips = '06037'", 1, "nothing was published", Cancellation);
    }

    [Fact]
    public async Task Nobody_is_shown_a_decision_that_it_may_not_read_and_no_older_one_is_looked_at()
    {
        await RoutedAsync(Facts.EastWhittier, Facts.LaMirada);

        (await TriedAsync("state:ca", "06037", Narrow))["examined"]!.GetValue<int>().ShouldBe(0, "the desk was not asked about them");
        (await TriedAsync("county:06059", "06059", Narrow)).ToJsonString().ShouldContain("\"examined\":2,\"differ\":0");
        (await TriedAsync("county:06067", "06067", Narrow))["examined"]!.GetValue<int>().ShouldBe(0);
        await _service.ExecuteAsync("update jurisdiction_decisions set decided_at = decided_at - interval '31 days'", Cancellation);
        (await TriedAsync("county:06037", "06037", Narrow))["examined"]!.GetValue<int>().ShouldBe(0, "that was more than a month ago");
    }

    [Fact]
    public async Task What_changes_nobody_that_is_told_counts_the_decisions_all_the_same()
    {
        await RoutedAsync(Facts.EastWhittier);

        var tried = await TriedAsync("county:06037", "06037", pack => pack["acknowledgeWithinMinutes"] = 5);

        (tried["examined"]!.GetValue<int>(), tried["differ"]!.GetValue<int>()).ShouldBe((1, 0));
    }

    /// <summary>For whoever changes it: <c>dotnet artifacts/bin/SafeHarbor.CountyRouting.Tests/release/SafeHarbor.CountyRouting.Tests.dll --filter-class '*TriedPackTests' --explicit only</c></summary>
    [Fact(Explicit = true)]
    public async Task Ten_thousand_decisions_are_tried_within_two_seconds_of_a_processor()
    {
        await RoutedAsync(Facts.DowntownLosAngeles, Facts.EastWhittier, Facts.LaMirada, new(33.8366, -118.2, 15), new(34.69, -118.15, 3_000));
        await _service.ExecuteAsync("""
            insert into jurisdiction_decisions select gen_random_uuid(), gen_random_uuid(), decided_at - n * interval '12 minutes', decided_by, undetermined, told, facts, evidence, reports, versions
            from jurisdiction_decisions, generate_series(1, 3000) n;
            analyze jurisdiction_decisions
            """, Cancellation);
        foreach (var isCold in new[] { true, true, false, false, false })
        {
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var tried = await TriedAsync("county:06037", "06037", Narrow);
            var (took, processor) = (Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - before);
            output.WriteLine($"{tried["examined"]} decisions, {tried["differ"]} differ, {tried["different"]!.AsArray().Count} shown: {took.TotalMilliseconds:N0} ms, {processor.TotalMilliseconds:N0} ms of a processor.");
            tried["examined"]!.GetValue<int>().ShouldBe(PackTrial.MostDecisions);
            // What it takes on a busy machine says nothing of it.
            (isCold || processor < TimeSpan.FromSeconds(2)).ShouldBeTrue();
        }
    }
}
