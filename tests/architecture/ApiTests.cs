using System.Reflection;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The OpenAPI documents are complete; each rule is held against the system and against something that breaks it.</summary>
public sealed class ApiTests
{
    private static readonly string[] Services = ["intake", "county-routing", "notification", "case-services"];

    private static readonly IReadOnlyList<Assembly> Assemblies =
    [
        .. new[] { "SafeHarbor.Intake", "SafeHarbor.CountyRouting", "SafeHarbor.Notification", "SafeHarbor.CaseServices", "SafeHarbor.Contracts", "SafeHarbor.Messaging", "SafeHarbor.Ledger", "SafeHarbor.ServiceDefaults" }
            .Select(Assembly.Load),
    ];

    private static IReadOnlyList<Type> Types => [.. Assemblies.SelectMany(assembly => assembly.GetTypes())];

    [Fact]
    public void What_is_one_of_a_lists_codes_names_the_list()
    {
        var comments = Assemblies.SelectMany(ApiRules.CommentsOf).ToList();

        ApiRules.CodesWithoutTheirList(comments, Types).ShouldBeEmpty("give it [CodeOf(typeof(...))]");
    }

    [Fact]
    public void A_code_that_does_not_would_be_found() => ApiRules.CodesWithoutTheirList(
        [($"P:{typeof(Forgetful).FullName!.Replace('+', '.')}.Tier", """<summary>One of <see cref="T:SafeHarbor.Contracts.Codes.Tiers" />.</summary>""")], [typeof(Forgetful)]).ShouldHaveSingleItem();

    [Fact]
    public void What_a_code_means_is_said() =>
        ApiRules.CodesWithoutMeaning(Assemblies.SelectMany(ApiRules.CommentsOf).Select(c => c.Id).ToHashSet(), Types).ShouldBeEmpty("write a comment");

    [Fact]
    public void A_code_of_which_nothing_is_said_would_be_found() =>
        ApiRules.CodesWithoutMeaning(new HashSet<string>(), [typeof(Mindful)]).ShouldContain($"Tiers: {Tiers.County}");

    [Fact]
    public void Every_problem_that_a_service_answers_with_is_in_its_document()
    {
        foreach (var service in Services)
            ApiRules.UntoldProblems(Sources(Path.Combine("services", service)), Text(service)).ShouldBeEmpty("say it with Problems(...) on the endpoint, then run ./safeharbor api");
    }

    [Fact]
    public void A_problem_that_is_not_would_be_found() =>
        ApiRules.UntoldProblems([("Act.cs", "return Problem.Conflict(\n    \"never-told\", \"No.\");")], Text("intake")).ShouldHaveSingleItem();

    [Fact]
    public void Every_step_that_a_text_names_is_an_operation() => ApiRules.StepsThatAreNotThere(
        Sources("services").Concat(Files("docs", "*.md")), Services.Select(service => JsonNode.Parse(Text(service))!)).ShouldBeEmpty("a text leads to a step that exists");

    [Fact]
    public void A_step_that_is_not_there_would_be_found() => ApiRules.StepsThatAreNotThere(
        [("Act.cs", "Refuse it with POST /v1/handoffs/{{id}}/refuse, or GET /v1/handoffs/{{handoffId}}.")], [JsonNode.Parse(Text("county-routing"))!])
        .ShouldBe(["Act.cs: POST /v1/handoffs/{{id}}/refuse"]);

    [Fact]
    public void Documents_have_no_gaps()
    {
        foreach (var service in Services)
            ApiRules.Gaps(JsonNode.Parse(Text(service))!).ShouldBeEmpty(service);
    }

    [Theory]
    [InlineData("operationId"), InlineData("summary")]
    public void A_gap_would_be_found(string what)
    {
        var document = JsonNode.Parse(Text("intake"))!;

        document["paths"]!["/v1/encounters"]!["post"]!.AsObject().Remove(what);

        ApiRules.Gaps(document).ShouldHaveSingleItem();
    }

    [Fact]
    public void Of_all_that_may_be_sent_it_is_said_how_long_it_may_be()
    {
        foreach (var service in Services)
            ApiRules.Endless(JsonNode.Parse(Text(service))!).ShouldBeEmpty($"{service}: give it [MaxLength(...)] or [ItemLength(...)], which hold by themselves, then run ./safeharbor api");
    }

    [Theory]
    [InlineData("""{"type": "string"}""", true)]
    [InlineData("""{"type": ["string", "null"], "maxLength": 5}""", false)]
    [InlineData("""{"type": "string", "format": "uri"}""", true)]
    [InlineData("""{"type": "string", "format": "date"}""", false)]
    [InlineData("""{"type": "string", "pattern": "^[0-9]{5}(-[0-9]{4})?$"}""", false)]
    [InlineData("""{"type": "string", "pattern": "^[+0-9][0-9() .-]{5,23}$"}""", false)]
    [InlineData("""{"type": "string", "pattern": "^tribe:[a-z]+$"}""", true)]
    [InlineData("""{"type": "array", "maxItems": 3, "items": {"type": "string"}}""", true)]
    [InlineData("""{"type": "array", "items": {"type": "integer"}}""", true)]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "integer"}}""", true)]
    [InlineData("""{"oneOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]}""", true)]
    [InlineData("{}", true)]
    public void What_may_be_of_any_length_would_be_found(string member, bool isFound) => ApiRules.Endless(JsonNode.Parse(
        """
        {"paths": {"/v1/things": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}},
        "components": {"schemas": {"Thing": {"type": "object", "properties": {"member": MEMBER}}, "Part": {"type": "object", "properties": {"text": {"type": "string"}}}}}}
        """.Replace("MEMBER", member, StringComparison.Ordinal))!).Any().ShouldBe(isFound);

    [Fact]
    public void Every_member_and_code_that_travels_is_described() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "schemas"), "*.json")
            .SelectMany(file => ApiRules.Undescribed(JsonNode.Parse(File.ReadAllText(file)), Path.GetFileNameWithoutExtension(file))).ShouldBeEmpty("write a comment");

    [Fact]
    public void A_member_or_a_code_that_is_not_would_be_found() => ApiRules.Undescribed(
        JsonNode.Parse("""{"$defs": {"Part": {"properties": {"id": {"type": "string"}, "code": {"description": "One.", "enum": ["A"], "x-enum-descriptions": [""]}}}}}"""), "thing")
        .ShouldBe(["thing/$defs/Part: id", "thing/$defs/Part/properties/code: the codes"]);

    [Fact]
    public void Nothing_can_be_sent_or_read_that_charges_a_child_or_tells_its_immigration_status()
    {
        foreach (var file in new[] { "api", "schemas" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", folder), "*.json")))
            ApiRules.Charging(JsonNode.Parse(File.ReadAllText(file))).ShouldBeEmpty(file);
    }

    [Fact]
    public void What_does_would_be_found() => ApiRules.Charging(
        JsonNode.Parse("{\"$defs\": {\"Child\": {\"properties\": {\"bookingNumber\": {}, \"state\": {\"enum\": [\"ARRESTED\", \"IMMIGRATION_LEGAL\"]}}}}}")).ShouldBe(["bookingNumber", "ARRESTED"]);

    private static string Text(string service) => File.ReadAllText(Path.Combine(Repository.Root, "docs", "api", $"{service}.json"));

    private static IEnumerable<(string File, string Text)> Sources(string folder) => Files(folder, "*.cs");

    private static IEnumerable<(string File, string Text)> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file)));

    private sealed record Forgetful(string Tier);

    private sealed record Mindful([CodeOf(typeof(Tiers))] string Tier);
}
