using System.Globalization;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local;

namespace SafeHarbor.Intake.Tests;

/// <summary>What is wrong is named by its place, all at once; what is merely unknown is never wrong.</summary>
public sealed class ValidationTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, "docs", "schemas", "samples", "encounter.v1"))];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_could_once_be_sent_goes_on_being_taken(string sample)
    {
        var encounter = JsonNode.Parse(await File.ReadAllTextAsync(sample, TestContext.Current.CancellationToken))!;

        var taken = await _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", encounter, $"le:{encounter["source"]!["agencyOri"]}");

        taken.Status.ShouldBe(200, taken.Body);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z", "2098-01-01T00:00:00Z", "/occurredAt in-the-future", "/learnedAt in-the-future")]
    [InlineData("1900-01-01T00:00:00Z", null, "/occurredAt out-of-range")]
    [InlineData("0001-01-01T00:00:00Z", "2999-01-01T00:00:00+14:00", "/occurredAt out-of-range", "/learnedAt in-the-future")]
    public async Task Without_an_instant_that_can_be_right_a_report_is_refused_with_the_bound(string? occurredAt, string? learnedAt, params string[] errors)
    {
        var answer = await _intake.PostAsync(Sample.Encounter(change: e => (e["occurredAt"], e["learnedAt"]) = (occurredAt, learnedAt)));

        (answer.Status, string.Join(", ", answer.Errors)).ShouldBe((400, string.Join(", ", errors)), answer.Body);
        answer.Body.ShouldContain(errors[0].EndsWith("future", StringComparison.Ordinal) ? "5 minutes from now is the latest" : "more than 20 years ago");
    }

    [Theory]
    [InlineData("/occurredAt", "2099-01-01T00:00:00Z"), InlineData("/occurredAt", "1900-01-01T00:00:00Z"), InlineData("/learnedAt", "2099-01-01T00:00:00Z")]
    [InlineData("/custody/takenAt", "2099-01-01T00:00:00Z"), InlineData("/custody/takenAt", "1900-01-01T00:00:00Z")]
    public async Task What_a_wrong_clock_wrote_besides_is_taken_marked_and_counts_for_nothing(string at, string instant)
    {
        var now = DateTimeOffset.UtcNow;
        var body = Sample.Encounter(change: e =>
        {
            (e["occurredAt"], e["learnedAt"]) = (now.AddHours(-2), now.AddHours(-1));
            e["custody"] = new JsonObject { ["taken"] = true, ["takenAt"] = now.AddHours(-1) };
            e["children"]![0]!["dateOfBirth"] = now.AddYears(-15).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var parent = at.StartsWith("/custody", StringComparison.Ordinal) ? e["custody"]! : e;
            parent[at.Split('/')[^1]] = instant;
        });

        var before = await ValidateAsync(body);
        before.Json["shortfalls"]!.AsArray().Where(s => s!["code"]!.GetValue<string>() == "INSTANT_IMPLAUSIBLE").Select(s => s!["pointer"]!.GetValue<string>()).ShouldBe([at], before.Body);
        var taken = await _intake.PostAsync(body);

        taken.Status.ShouldBe(201, taken.Body);
        var mark = taken.Json["shortfalls"]!.AsArray().Single(s => s!["code"]!.GetValue<string>() == "INSTANT_IMPLAUSIBLE")!;
        (mark["pointer"]!.GetValue<string>(), mark["detail"]!.GetValue<string>().Contains("nothing is counted from it", StringComparison.Ordinal)).ShouldBe((at, true));
        taken.Json["clocks"]!.AsArray().ShouldAllBe(clock => clock!["startedAt"]!.GetValue<DateTimeOffset>() > now.AddHours(-3) && clock["startedAt"]!.GetValue<DateTimeOffset>() < now.AddHours(1));
        var whereabouts = await _intake.GetAsync($"/v1/reports/{taken.ReportId}/whereabouts");
        whereabouts.Body.ShouldNotContain(instant[..4], customMessage: "what is told later counts, whatever that clock said");
        (await _intake.GetAsync($"/v1/encounters/{taken.EncounterId}")).Body.ShouldContain("INSTANT_IMPLAUSIBLE");
    }

    private Task<Answer> ValidateAsync(object body) => _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", body);

    [Theory]
    [InlineData("/source", "null", "/source/agencyOri required", "/source/incidentNumber required")]
    [InlineData("/source/agencyOri", "null", "/source/agencyOri required")]
    [InlineData("/source/agencyOri", "\"ca0190000\"", "/source/agencyOri wrong-form")]
    [InlineData("/source/incidentNumber", "\" 26\"", "/source/incidentNumber wrong-form")]
    [InlineData("/source/incidentNumber", "\"26 118204\"", "/source/incidentNumber wrong-form")]
    [InlineData("/source/incidentNumber", "\"Jane-Doe\"", "/source/incidentNumber wrong-form")]
    [InlineData("/source/incidentNumber", "\"Maria-Guadalupe-Lopez-15\"", "/source/incidentNumber wrong-form")]
    [InlineData("/source/incidentNumber", "\"26\\n\"", "/source/incidentNumber wrong-form")]
    [InlineData("/source/system", "\"a<b\"", "/source/system wrong-form")]
    [InlineData("/occurredAt", "\"2026-01-01T00:00:00\"", "/occurredAt offset-missing")]
    [InlineData("/occurredAt", "\"yesterday\"", "/occurredAt wrong-type")]
    [InlineData("/occurredAt", "17", "/occurredAt wrong-type")]
    [InlineData("/location/latitude", "91", "/location/latitude out-of-range")]
    [InlineData("/location/latitude", "1e999", "/location/latitude out-of-range")]
    [InlineData("/location/latitude", "\"34\"", "/location/latitude wrong-type")]
    [InlineData("/location/latitude", "null", "/location/latitude required")]
    [InlineData("/location/longitude", "-180.01", "/location/longitude out-of-range")]
    [InlineData("/location/longitude", "null", "/location/longitude required")]
    [InlineData("/location/accuracyMeters", "-1", "/location/accuracyMeters out-of-range")]
    [InlineData("/children/0/tribeOrganization", "\"yurok\"", "/children/0/tribeOrganization wrong-form")]
    [InlineData("/children/0/tribeOrganization", "\"county:06037\"", "/children/0/tribeOrganization wrong-form")]
    [InlineData("/children/0/livesInLicensedHome", "\"yes\"", "/children/0/livesInLicensedHome wrong-type")]
    [InlineData("/location/zip", "\"9001\"", "/location/zip wrong-form")]
    [InlineData("/location/countyFips", "\"06038\"", "/location/countyFips wrong-form")]
    [InlineData("/location/countyFips", "\"06117\"", "/location/countyFips wrong-form")]
    [InlineData("/location/countyFips", "\"037\"", "/location/countyFips wrong-form")]
    [InlineData("/location/countyFips", "6037", "/location/countyFips wrong-type")]
    [InlineData("/children/0/languages", "[\"Spanish\",\"und\"]", "/children/0/languages/0 unknown-language", "/children/0/languages/1 unknown-language")]
    [InlineData("/children/0/sameChildAs", "\"the first\"", "/children/0/sameChildAs wrong-type")]
    [InlineData("/location", "[]", "/location wrong-type")]
    [InlineData("/custody/grounds", "[\"BOREDOM\"]", "/custody/grounds/0 unknown-code")]
    [InlineData("/custody/taken", "\"yes\"", "/custody/taken wrong-type")]
    [InlineData("/telephoneReport", "{}", "/telephoneReport/calledAt required")]
    [InlineData("/telephoneReport", "{\"calledAt\":\"2026-01-01T00:00:00Z\",\"organization\":\"tribe:yurok\"}", "/telephoneReport/organization not-an-organization")]
    [InlineData("/telephoneReport", "{\"calledAt\":\"2999-01-01T00:00:00Z\"}", "/telephoneReport/calledAt in-the-future")]
    [InlineData("/telephoneReport", "{\"calledAt\":\"1900-01-01T00:00:00Z\"}", "/telephoneReport/calledAt out-of-range")]
    [InlineData("/children", "null", "/children required")]
    [InlineData("/children", "[]", "/children required")]
    [InlineData("/children", "[null]", "/children/0 required")]
    [InlineData("/children", "{}", "/children wrong-type")]
    [InlineData("/children/0/approximateAge", "25", "/children/0/approximateAge not-a-child")]
    [InlineData("/children/0/approximateAge", "18", "/children/0/approximateAge not-a-child")]
    [InlineData("/children/0/approximateAge", "-1", "/children/0/approximateAge out-of-range")]
    [InlineData("/children/0/approximateAge", "15.5", "/children/0/approximateAge wrong-type")]
    [InlineData("/children/0/dateOfBirth", "\"2999-01-01\"", "/children/0/dateOfBirth in-the-future")]
    [InlineData("/children/0/dateOfBirth", "\"1980-01-01\"", "/children/0/dateOfBirth not-a-child")]
    [InlineData("/children/0/dateOfBirth", "\"2011-02-30\"", "/children/0/dateOfBirth wrong-type")]
    [InlineData("/children/0/gender", "\"robot\"", "/children/0/gender unknown-code")]
    [InlineData("/children/0/needs", "[\"ADVOCATE\",\"PONY\",null]", "/children/0/needs/1 unknown-code", "/children/0/needs/2 required")]
    [InlineData("/children/0/languages", "[\"en\",\"not a tag\"]", "/children/0/languages/1 unknown-language")]
    [InlineData("/children/0/residenceCountyFips", "\"32003\"", "/children/0/residenceCountyFips wrong-form")]
    [InlineData("/children/0/dependencyCountyFips", "\"\"", "/children/0/dependencyCountyFips wrong-form")]
    [InlineData("/children/0/name/given", "\"a\\u0000b\"", "/children/0/name/given null-character")]
    [InlineData("/children/0/name", "\"Kim\"", "/children/0/name wrong-type")]
    [InlineData("/children/0/approximateAge", "99999999999", "/children/0/approximateAge wrong-type")]
    [InlineData("/children/0/needs", "{}", "/children/0/needs wrong-type")]
    [InlineData("/immediateDanger", "1", "/immediateDanger wrong-type")]
    [InlineData("/occurredAt", "\"0001-01-01T00:00:00+14:00\"", "/occurredAt wrong-type")]
    [InlineData("/occurredAt", "\"9999-12-31T23:59:59-14:00\"", "/occurredAt wrong-type")]
    [InlineData("/guardians", "[null]", "/guardians/0 required")]
    [InlineData("/narrative", "17", "/narrative wrong-type")]
    [InlineData("/jointReporters", "[null]", "/jointReporters/0 required")]
    [InlineData("/suspects/0/role", "\"CHILD\"", "/suspects/0/role unknown-code")]
    [InlineData("/suspects/0/approximateAge", "121", "/suspects/0/approximateAge out-of-range")]
    [InlineData("/guardians/0/gender", "\"robot\"", "/guardians/0/gender unknown-code")]
    [InlineData("/children/0/particulars/homeLanguage", "\"Spanish\"", "/children/0/particulars/homeLanguage unknown-language")]
    [InlineData("/children/0/particulars/abuse", "[\"PROSTITUTION\"]", "/children/0/particulars/abuse/0 unknown-code")]
    [InlineData("/children/0/particulars/disabilities", "[null]", "/children/0/particulars/disabilities/0 required")]
    [InlineData("/children/0/particulars/outOfHomeCare", "\"JAIL\"", "/children/0/particulars/outOfHomeCare unknown-code")]
    [InlineData("/children/0/particulars/exploitation", "[{\"from\":\"2026-01-01\"}]", "/children/0/particulars/exploitation/0/type required")]
    [InlineData("/children/0/particulars/exploitation/0/type", "\"OFTEN\"", "/children/0/particulars/exploitation/0/type unknown-code")]
    [InlineData("/children/0/particulars/siblings/0/approximateAge", "-1", "/children/0/particulars/siblings/0/approximateAge out-of-range")]
    [InlineData("/children/0/particulars/tribalInquiry/answer", "\"PERHAPS\"", "/children/0/particulars/tribalInquiry/answer unknown-code")]
    [InlineData("/children/0/particulars/tribalInquiry/asked", "[\"NEIGHBOR\"]", "/children/0/particulars/tribalInquiry/asked/0 unknown-code")]
    [InlineData("/children/0/particulars/advocacy/toldHow", "\"SHOUTED\"", "/children/0/particulars/advocacy/toldHow unknown-code")]
    [InlineData("/children/0/particulars/unknown", "[\"CHARGES\"]", "/children/0/particulars/unknown/0 unknown-code")]
    [InlineData("/children/0/particulars/immigrationStatus", "\"x\"", "/children/0/particulars/immigrationStatus unknown-member")]
    [InlineData("/children/0/charges", "[]", "/children/0/charges unknown-member")]
    [InlineData("/children/0/approximateAge", "21", "/children/0/approximateAge not-a-child")]
    [InlineData("/narrative", "\"Arrested for 647(b) PC.\"", "/narrative charges-a-child")]
    [InlineData("/narrative", "\"Girl seen loitering, 653.22. No weapon.\"", "/narrative charges-a-child")]
    [InlineData("/children/0/safety/notes", "\"prior 647b\"", "/children/0/safety/notes charges-a-child")]
    [InlineData("/children/0/particulars/school", "\"expelled (PC 647(b))\"", "/children/0/particulars/school charges-a-child")]
    public async Task What_is_wrong_is_refused_with_its_place_and_stores_nothing(string place, string json, params string[] errors)
    {
        var encounter = Sample.Encounter(change: Sample.With(place, json == "1e999" ? "0" : json)).ToJsonString();
        if (json == "1e999")
            encounter = encounter.Replace("\"latitude\":0", "\"latitude\":1e999", StringComparison.Ordinal);
        var before = await _intake.CountAsync("select count(*) from encounters");

        foreach (var answer in new[] { await ValidateAsync(encounter), await _intake.PostAsync(encounter) })
        {
            answer.Status.ShouldBe(400, answer.Body);
            answer.Errors.ShouldBe(errors);
            answer.Body.ShouldNotContain("Canary");
        }
        (await _intake.CountAsync("select count(*) from encounters")).ShouldBe(before);
    }

    [Theory]
    [InlineData("2026-11-20T23:30:00-08:00"), InlineData("2026-11-21T07:30:00Z"), InlineData("2026-11-21T21:30:00+14:00"), InlineData("2026-11-20T19:30:00-12:00")]
    public async Task A_childs_age_is_that_of_the_states_day_whatever_offset_the_sender_writes(string occurredAt)
    {
        JsonObject Of(string born) => Sample.Encounter(change: e =>
        {
            Sample.With("/occurredAt", $"\"{occurredAt}\"")(e);
            Sample.With("/children/0/dateOfBirth", $"\"{born}\"")(e);
        });

        (await ValidateAsync(Of("2008-11-20"))).Errors.ShouldBe(["/children/0/dateOfBirth not-a-child"]);
        foreach (var (born, band) in new[] { ("2008-11-21", AgeBands.From16To17), ("2010-11-21", AgeBands.From13To15), ("2010-11-20", AgeBands.From16To17) })
        {
            var created = await _intake.PostAsync(Of(born));
            created.Status.ShouldBe(201, created.Body);
            (await _intake.CountAsync($"select count(*) from reports where report_id = '{created.ReportId}' and age_band = '{band}'")).ShouldBe(1, born);
        }
    }

    [Theory]
    [InlineData("The buyer was arrested for 647(b), the child was not.")]
    [InlineData("Driver cited under PC 653.25 and 647(b).")]
    [InlineData("He was loitering, PC 653.25. She was found in room 647.")]
    public async Task What_a_text_says_of_a_buyer_is_taken(string narrative) =>
        (await ValidateAsync(Sample.Encounter(change: Sample.With("/narrative", $"\"{narrative}\"")))).Status.ShouldBe(200);

    [Theory]
    [InlineData("/children/0/particulars/inFosterCare", "true")]
    [InlineData("/children/0/dependencyCountyFips", "\"06037\"")]
    public async Task Somebody_of_18_to_20_in_care_is_taken_and_nobody_older(string place, string json)
    {
        Task<Answer> Of(int age) => ValidateAsync(Sample.Encounter(change: e =>
        {
            Sample.With("/children/0/approximateAge", $"{age}")(e);
            Sample.With(place, json)(e);
        }));

        (await Of(18)).Status.ShouldBe(200);
        (await Of(20)).Status.ShouldBe(200);
        (await Of(21)).Errors.ShouldBe(["/children/0/approximateAge not-a-child"]);
        var created = await _intake.PostAsync(Sample.Encounter(change: e =>
        {
            Sample.With("/children/0/approximateAge", "19")(e);
            Sample.With(place, json)(e);
        }));
        (await _intake.CountAsync($"select count(*) from reports where report_id = '{created.ReportId}' and age_band = '{AgeBands.From18To20}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Custody_without_a_ground_is_taken_and_marked()
    {
        var body = Sample.Encounter(change: Sample.With("/custody/grounds", "[]"));

        (await ValidateAsync(body)).Body.ShouldContain("CUSTODY_WITHOUT_GROUNDS");
        (await _intake.PostAsync(body)).Json["shortfalls"]!.AsArray().Single(s => s!["code"]!.GetValue<string>() == "CUSTODY_WITHOUT_GROUNDS")!["detail"]!.GetValue<string>().ShouldContain("(WIC 305)");
        var with = await _intake.PostAsync(Sample.Encounter());
        with.Body.ShouldNotContain("CUSTODY_WITHOUT_GROUNDS");
        (await _intake.GetAsync($"/v1/encounters/{with.EncounterId}")).Body.ShouldNotContain("CUSTODY_WITHOUT_GROUNDS");
    }

    [Theory]
    [InlineData("/officer/name", 200)]
    [InlineData("/location/address", 500)]
    [InlineData("/children/0/alias", 200)]
    [InlineData("/children/0/tribe", 200)]
    [InlineData("/guardians/0/name", 200)]
    [InlineData("/suspects/0/name", 200)]
    [InlineData("/suspects/0/address", 500)]
    [InlineData("/jointReporters/0/phone", 200)]
    [InlineData("/workerSafety", 2000)]
    [InlineData("/children/0/particulars/address", 500)]
    [InlineData("/children/0/particulars/advocacy/waiver/formVersion", 200)]
    [InlineData("/narrative", 20_000)]
    public async Task Text_is_taken_up_to_its_length_and_no_further(string place, int longest)
    {
        (await ValidateAsync(Sample.Encounter(change: Sample.With(place, $"\"{new string('é', longest)}\"")))).Status.ShouldBe(200);
        (await ValidateAsync(Sample.Encounter(change: Sample.With(place, $"\"{new string('é', longest + 1)}\"")))).Errors.ShouldBe([$"{place} too-long"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"source\":{},\"source\":{}}")]
    [InlineData("\"\\ud800\"")]
    public async Task What_is_no_encounter_at_all_is_a_400_with_an_explanation(string body)
    {
        var answer = await _intake.PostAsync(body);

        answer.Status.ShouldBe(400, answer.Body);
        answer.Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_body_of_two_megabytes_is_a_413()
    {
        (await _intake.PostAsync(Sample.Encounter(change: Sample.With("/narrative", $"\"{new string('x', 2_000_000)}\"")))).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var answer = await ValidateAsync(Sample.Encounter(change: e =>
        {
            Sample.With("/location/latitude", "91")(e);
            Sample.With("/children/0/approximateAge", "25")(e);
            Sample.With("/children/0/gender", "\"robot\"")(e);
            Sample.With("/occurredAt", null)(e);
            Sample.With("/learnedAt", null)(e);
        }));

        answer.Errors.ShouldBe(["/occurredAt required", "/location/latitude out-of-range", "/children/0/approximateAge not-a-child", "/children/0/gender unknown-code"]);
        answer.Body.ShouldContain("Known are female, male, nonbinary, unknown.");
        answer.Body.ShouldContain("National Human Trafficking Hotline: 1-888-373-7888", customMessage: "nobody is left with an error alone");
    }

    [Fact]
    public async Task Twenty_children_are_taken_and_twenty_one_are_not()
    {
        JsonArray Children(int count) => [.. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject { ["alias"] = $"child {i}" })];

        (await ValidateAsync(Sample.Encounter(change: e => e["children"] = Children(20)))).Status.ShouldBe(200);
        (await ValidateAsync(Sample.Encounter(change: e => e["children"] = Children(21)))).Errors.ShouldBe(["/children too-many"]);
    }

    [Theory]
    [InlineData("""{"source":{"agencyOri":"CA0190000","incidentNumber":"26-LEAST"},"occurredAt":"2026-01-01T00:00:00-08:00","children":[{}]}""")]
    [InlineData("""{"source":{"agencyOri":"CA0190000","incidentNumber":"26-NULLS","system":null},"officer":null,"occurredAt":null,"learnedAt":"2026-01-01T00:00:00Z","location":{"countyFips":"06115"},"custody":{},"immediateDanger":null,"telephoneReport":null,"children":[{"name":{},"needs":null,"safety":{},"languages":[]}],"guardians":null,"suspects":[],"narrative":""}""")]
    public async Task What_is_unknown_is_no_reason_to_refuse(string body)
    {
        (await ValidateAsync(body)).Status.ShouldBe(200);
        var created = await _intake.PostAsync(body);
        created.Status.ShouldBe(201, created.Body);
    }

    [Fact]
    public async Task An_encounter_in_the_name_of_another_agency_is_a_403()
    {
        foreach (var path in new[] { "/v1/encounters", "/v1/encounters/validate" })
        {
            var answer = await _intake.SendAsync(HttpMethod.Post, path, Sample.Encounter(), organization: "le:CA0370000");
            answer.Status.ShouldBe(403);
            answer.Json["type"]!.GetValue<string>().ShouldEndWith("/other-agency");
        }
    }

    [Theory]
    [InlineData("county:06037", "encounters.write", 403)]
    [InlineData("le:CA0190000", "encounters.read", 403)]
    public async Task Only_agencies_with_the_scope_report(string organization, string scopes, int status) =>
        (await _intake.SendAsync(HttpMethod.Post, "/v1/encounters", Sample.Encounter(), organization, scopes)).Status.ShouldBe(status);
}
