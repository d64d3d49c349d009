using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests;

/// <summary>What whoever connects a records system gets wrong at first, and what they are told: never nothing.</summary>
[Collection(typeof(OneIntake))]
public sealed class IntegratorsMistakesTests(RunningIntake running)
{
    private static readonly IReadOnlyDictionary<string, Mistake> Mistakes = new Dictionary<string, Mistake>
    {
        ["a member is misspelled"] = new(With("/narative", "\"He said\""), ["/narative unknown-member"], "Did you mean `narrative`?"),
        ["members of a child are misspelled"] = new(With(("/children/0/aproximateAge", "15"), ("/children/0/need", "[]"), ("/children/0/saftey", "{\"guardianUnsafe\":true}")),
            ["/children/0/aproximateAge unknown-member", "/children/0/need unknown-member", "/children/0/saftey unknown-member"], "Did you mean `safety`?"),
        ["two values are of the wrong type"] = new(With(("/officer/badge", "4711"), ("/children/0/approximateAge", "\"15\"")),
            ["/officer/badge wrong-type", "/children/0/approximateAge wrong-type"], "whole number, without quotation marks"),
        ["a code is not known"] = new(With("/children/0/needs", "[\"ADVOCATE\",\"HOUSING\"]"), ["/children/0/needs/1 unknown-code"], "Known are "),
        ["a member is in another case"] = new(With("/children/0/ApproximateAge", "15"), ["/children/0/ApproximateAge unknown-member"], "Did you mean `approximateAge`?"),
        ["a code is in another case"] = new(With("/children/0/gender", "\"Female\""), ["/children/0/gender unknown-code"], "Did you mean `female`?"),
        ["a query parameter is not known"] = new(With("/narrative", "\"\""), ["dryRun unknown-parameter"], "Nothing is taken here.") { Query = "?dryRun=true" },
        ["a number is a text"] = new(With("/location/latitude", "\"34.05\""), ["/location/latitude wrong-type"], "number, without quotation marks"),
        ["an instant has no offset"] = new(With("/occurredAt", "\"2026-11-20T23:10:00\""), ["/occurredAt offset-missing"], "2026-11-20T23:10:00-08:00"),
        ["a county is none of the state's"] = new(With("/location/countyFips", "\"32003\""), ["/location/countyFips wrong-form"], "five-digit FIPS code of a county of California"),
        ["no child is named"] = new(With("/children", "[]"), ["/children required"], "it may be {} when nothing is known yet"),
        ["an instant is in the future"] = new(With("/telephoneReport", "{\"calledAt\":\"2999-01-01T00:00:00Z\"}"), ["/telephoneReport/calledAt in-the-future"], "Check the sender's clock"),
        ["a member is given twice"] = new(e => e.ToJsonString().Insert(1, "\"officer\":{},"), ["/officer duplicate-member"], "Give it once."),
        ["a comma is left over"] = new(e => e.ToJsonString()[..^1] + ",}", [" malformed-json"], "at line 1, byte "),
        ["latitude and longitude have changed places"] = new(With(("/location/latitude", "-118.25"), ("/location/longitude", "34.05")),
            ["/location/latitude out-of-range"], "Have latitude and longitude changed places?"),
        ["the preference for leniency is misspelled"] = new(With("/shoeSize", "38"), ["/shoeSize unknown-member"], "Known are source, officer, ") { Prefer = "handling=lenent" },
        ["of everything something"] = new(With(("/narative", "1"), ("/learnedAt", "\"yesterday\""), ("/location/latitude", "91"), ("/children/0/gender", "\"Female\""), ("/suspects", "{}")),
            ["/learnedAt wrong-type", "/suspects wrong-type", "/narative unknown-member", "/location/latitude out-of-range", "/children/0/gender unknown-code"], "JSON array"),
    };

    public static TheoryData<string> All => [.. Mistakes.Keys];

    private readonly TestIntake _intake = running.Intake;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_mistake_is_answered_with_its_place_and_what_to_do(string what)
    {
        var mistake = Mistakes[what];
        foreach (var path in new[] { "/v1/encounters", "/v1/encounters/validate" })
        {
            var answer = await _intake.SendAsync(HttpMethod.Post, path + mistake.Query, mistake.Body(Sample.Encounter()), headers: [("Prefer", mistake.Prefer)]);

            answer.Status.ShouldBe(400, answer.Body);
            answer.Errors.ShouldBe(mistake.Errors);
            string.Join('\n', answer.Json["errors"]!.AsArray().Select(error => (string)error!["detail"]!)).ShouldContain(mistake.Says);
            answer.Body.ShouldNotContain("Canary");
        }
    }

    [Fact]
    public async Task A_wrong_content_type_is_answered_with_the_right_one()
    {
        var answer = await _intake.SendAsync(HttpMethod.Post, "/v1/encounters", new StringContent(Sample.Encounter().ToJsonString(), null, "text/json-report"));

        answer.Status.ShouldBe(415, answer.Body);
        answer.Body.ShouldContain("Content-Type: application/json");
    }

    [Fact]
    public async Task Whoever_prefers_leniency_is_told_in_the_receipt_what_was_ignored_and_under_the_same_key_again()
    {
        var encounter = Sample.Encounter(change: Sample.With("/children/0/aproximateAge", "15"));
        (string, string)[] headers = [("Prefer", "handling=lenient, wait=1"), ("Idempotency-Key", Guid.NewGuid().ToString())];

        var created = await _intake.PostAsync(encounter, headers);
        created.Status.ShouldBe(201, created.Body);
        var warning = created.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!;
        warning.ToJsonString().ShouldBe("""{"pointer":"/children/0/aproximateAge","code":"unknown-member","detail":"Is not known here. Did you mean \u0060approximateAge\u0060?"}""");
        created.Headers["Ignored-Members"].ShouldBe("\"/children/0/aproximateAge\"");
        created.Headers["Preference-Applied"].ShouldContain("handling=lenient");

        var again = await _intake.PostAsync(encounter, headers);
        (again.Status, again.Body, again.Headers["Ignored-Members"]).ShouldBe((201, created.Body, created.Headers["Ignored-Members"]));
        var onRecord = await _intake.PostAsync(encounter, ("Prefer", "handling=lenient"));
        onRecord.Status.ShouldBe(200, onRecord.Body);
        onRecord.Json["warnings"]!.AsArray().ShouldHaveSingleItem();
        (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json["warnings"].ShouldBeNull("a warning is of a submission, not of the encounter");
        (await _intake.PostAsync(encounter)).Errors.ShouldBe(["/children/0/aproximateAge unknown-member"]);
    }

    [Fact]
    public async Task Validation_names_what_would_be_ignored()
    {
        var body = Sample.Encounter(change: Sample.With("/shoeSize", "38"));

        var answer = await _intake.SendAsync(HttpMethod.Post, "/v1/encounters/validate", body, headers: [("Prefer", "handling=lenient")]);

        answer.Status.ShouldBe(200, answer.Body);
        answer.Json["valid"]!.GetValue<bool>().ShouldBeTrue();
        answer.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!["pointer"]!.GetValue<string>().ShouldBe("/shoeSize");
    }

    [Fact]
    public async Task A_name_that_is_a_text_is_neither_repeated_nor_kept()
    {
        var body = Sample.Encounter(change: e => e["children"]![0]!["Canary Given"] = "Canary-Value");

        var answer = await _intake.PostAsync(body, ("Prefer", "handling=lenient"), ("Idempotency-Key", Guid.NewGuid().ToString()));

        answer.Status.ShouldBe(201, answer.Body);
        answer.Headers["Ignored-Members"].ShouldBe("\"/children/0\"");
        answer.Body.ShouldNotContain("Canary");
    }

    private static Func<JsonObject, string> With(string pointer, string json) => With((pointer, json));

    private static Func<JsonObject, string> With(params (string Pointer, string Json)[] changes) => encounter =>
    {
        foreach (var (pointer, json) in changes)
            Sample.With(pointer, json)(encounter);
        return encounter.ToJsonString();
    };

    /// <param name="Body">Makes it of a right one.</param>
    /// <param name="Errors">What the answer names.</param>
    /// <param name="Says">Stands in a detail of it.</param>
    private sealed record Mistake(Func<JsonObject, string> Body, string[] Errors, string Says)
    {
        public string Query { get; init; } = "";
        public string Prefer { get; init; } = "handling=strict";
    }
}
