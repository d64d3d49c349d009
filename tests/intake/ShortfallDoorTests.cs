using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>What a report will fail to do, as its sender reads it: before it is sent, in its receipt, and until somebody has seen to it.</summary>
[Collection(typeof(OneIntake))]
public sealed class ShortfallDoorTests(RunningIntake running)
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task Before_it_is_sent_and_in_its_receipt_a_report_falls_short_of_the_same()
    {
        var encounter = Sample.Encounter(change: e => e["location"] = new JsonObject { ["city"] = "la habra", ["zip"] = "90631" });

        var checkedFirst = await _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", encounter);
        var created = await _intake.PostAsync(encounter, ("Idempotency-Key", "shortfalls"));
        var read = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");

        created.Status.ShouldBe(201, created.Body);
        foreach (var answer in new[] { checkedFirst, created, read })
            CodesOf(answer).ShouldBe(["NO_COORDINATES", "NO_MEETING_POINT", "TELEPHONE_REPORT_OWED"], answer.Body);
        DetailOf(checkedFirst, "NO_COORDINATES").ShouldContain("Orange County responds. Add location.latitude");
        DetailOf(created, "NO_COORDINATES").ShouldContain("Orange County responds. What was sent does not change any more");
        DetailOf(read, "NO_COORDINATES").ShouldBe(DetailOf(created, "NO_COORDINATES"));
        foreach (var answer in new[] { checkedFirst, created, read })
            answer.Body.ShouldNotContain("90631", customMessage: "what is sealed is not repeated: the answer is kept under its key");
    }

    [Fact]
    public async Task The_number_of_whom_to_call_comes_with_the_handoff_is_known_from_then_on_and_goes_with_the_call()
    {
        var sierra = Organization.Parse("county:06091");
        var created = await _intake.PostAsync(Sample.Encounter());
        CallOf(created).ShouldBe("county:06037 Los Angeles County -");

        await _intake.PublishAsync(Sample.Opened(created.EncounterId, created.ReportId) with
        {
            Organization = sierra,
            OrganizationName = "Sierra",
            HotlinePhone = "530-555-0191",
            HotlineVerifiedAt = new(2026, 11, 2),
        });
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 2, "the handoff is on the timeline");
        CallOf(await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).ShouldBe("county:06091 Sierra County 530-555-0191");

        var hotlines = _intake.Services.GetRequiredService<Hotlines>();
        await TestIntake.EventuallyAsync(() => hotlines.Of(sierra, default) is not null, "what the handoff told is known to every instance");
        var named = Sample.Encounter(change: Sample.With("/location/countyFips", "\"06091\""));
        CallOf(await _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", named)).ShouldBe("county:06091 Sierra County 530-555-0191");

        var called = await _intake.SendAsync(HttpMethod.Put, $"/v1/encounters/{created.EncounterId}/telephone-report", Sample.Call());
        called.Status.ShouldBe(200, called.Body);
        CodesOf(called).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_need_that_nobody_is_left_for_is_told_until_somebody_is_asked_again()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));
        CodesOf(created).ShouldBeEmpty();
        var need = created.Json["reports"]![0]!["needs"]![0]!["needId"]!.GetValue<Guid>();

        await _intake.PublishAsync(new NeedUnfilled
        {
            EncounterId = created.EncounterId,
            At = DateTimeOffset.UtcNow,
            ReportId = created.ReportId,
            NeedId = need,
            Responder = Organization.Parse("county:06037"),
        });
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'need.unfilled.v1'", 1, "it is on the timeline");

        var read = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        CodesOf(read).ShouldBe(["NEED_WITHOUT_PROVIDER"]);
        DetailOf(read, "NEED_WITHOUT_PROVIDER").ShouldContain("No provider is left to ask for ADVOCATE.");
    }

    [Fact]
    public async Task A_need_that_nobody_does_is_told_before_the_report_is_sent_and_in_its_first_receipt_as_the_directory_says_last()
    {
        var (alpine, coverage) = (CountyFips.Parse("06003"), _intake.Services.GetRequiredService<Coverage>());
        // Everything that other tests ask for is done for every county but this one.
        var everywhere = new ProviderListed
        {
            Provider = "everything-everywhere",
            Revision = 2,
            At = DateTimeOffset.UtcNow,
            Services = [.. NeedTypes.All.Select(type => new ListedService(type, AroundTheClock: true, Full: false))],
            Contracts = [.. TestStates.California.Counties.Where(county => county.Fips != alpine).Select(county => new ListedContract(county.Fips, new(2025, 1, 1), null))],
        };
        await _intake.PublishAsync(everywhere);
        await TestIntake.EventuallyAsync(() => coverage.Knows(everywhere), "what the directory told is known to every instance");
        await _intake.PublishAsync(everywhere with { Revision = 1, Services = [] });
        var encounter = Sample.Encounter(change: e =>
        {
            e["location"] = new JsonObject { ["countyFips"] = "06003", ["address"] = "1 Example Street" };
            e["telephoneReport"] = Sample.Call();
        });

        var checkedFirst = await _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", encounter);
        var created = await _intake.PostAsync(encounter);

        foreach (var answer in new[] { checkedFirst, created })
        {
            CodesOf(answer).ShouldBe(["NO_COORDINATES", "NEED_WITHOUT_PROVIDER", "NEED_WITHOUT_PROVIDER"], answer.Body);
            answer.Body.ShouldContain("Nobody can be asked for ADVOCATE now");
        }

        var listed = everywhere with { Revision = 3, Contracts = [.. everywhere.Contracts, new(alpine, new(2025, 1, 1), null)] };
        await _intake.PublishAsync(listed);
        await TestIntake.EventuallyAsync(() => coverage.Knows(listed), "what the directory told next is known");
        CodesOf(await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).ShouldBe(["NO_COORDINATES"]);
    }

    private static IEnumerable<string> CodesOf(Answer answer) => answer.Json["shortfalls"]!.AsArray().Select(s => (string)s!["code"]!);

    private static string DetailOf(Answer answer, string code) => (string)Of(answer, code)["detail"]!;

    private static string CallOf(Answer answer) =>
        Of(answer, "TELEPHONE_REPORT_OWED")["call"] is { } call ? $"{call["organization"]} {call["name"]} {call["phone"]?.ToString() ?? "-"}" : "nobody";

    private static JsonNode Of(Answer answer, string code) => answer.Json["shortfalls"]!.AsArray().Single(s => (string)s!["code"]! == code)!;
}
