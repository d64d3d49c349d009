using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The pages of <c>docs/integrate</c> against the services' documents and the lists of codes: a call, a problem, a type or a scope that is not so is found.</summary>
public sealed partial class IntegratePagesTests
{
    private const string Requests = "docs/requests.md";
    private const string Webhooks = "docs/integrate/webhooks.md";
    // The state's alone.
    private static readonly string[] ForNoPage = [NoticeTypes.JurisdictionUndetermined, NoticeTypes.NodeSilent, NoticeTypes.NodeHeard];

    private static readonly (string Page, string Kind)[] Pages =
    [
        ("docs/integrate/cad-rms.md", "le"), ("docs/integrate/county.md", "county"), ("docs/integrate/provider.md", "provider"),
        ("docs/integrate/other-recipients.md", "da"), ("docs/integrate/other-recipients.md", "licensing"), ("docs/integrate/other-recipients.md", "tribe"), ("docs/integrate/other-recipients.md", "attorney"),
    ];

    private static readonly List<Operation> Operations = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs/api"), "*.json").SelectMany(OperationsOf)];

    /// <param name="Call">Method and path.</param>
    /// <param name="Organizations">The kinds that may call it; none means all.</param>
    /// <param name="Problems">What it may answer with.</param>
    private sealed record Operation(string Call, string[] Organizations, string[] Problems);

    public static TheoryData<string, string> Users => [.. Pages];

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_call_that_a_page_names_is_there_and_open_to_its_reader(string page, string kind) =>
        CallsIn(Read(page)).Where(call => !Operations.Any(o => o.Call == call && (o.Organizations.Length == 0 || o.Organizations.Contains(kind)))).ShouldBeEmpty();

    [Fact]
    public void So_is_every_call_about_endpoints() => CallsIn(Read(Webhooks)).Where(call => Operations.All(o => o.Call != call)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Users))]
    public void A_page_says_what_to_do_at_every_problem_that_its_calls_may_answer_with(string page, string kind)
    {
        var told = ProblemsIn(Read(page)).Concat(ProblemsIn(Read(Requests))).Concat(ProblemsIn(Read(Webhooks))).ToHashSet();
        var calls = CallsIn(Read(page)).ToList();

        calls.ShouldNotBeEmpty(kind);
        Operations.Where(o => calls.Contains(o.Call)).SelectMany(o => o.Problems).Where(problem => !told.Contains(problem)).Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_pages_tell_of_every_type_of_notice_and_of_no_other() =>
        Pages.SelectMany(page => TypesIn(Read(page.Page))).Distinct().Concat(ForNoPage).ShouldBe(NoticeTypes.All, ignoreOrder: true);

    [Fact]
    public void Services_name_the_types_of_notices_by_the_list() =>
        TypesOutsideTheList(Directory.EnumerateFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file)))).ShouldBeEmpty();

    [Fact]
    public void A_type_that_is_written_out_would_be_found() =>
        TypesOutsideTheList([("a.cs", "notices.About(subject, id, \"offer.made.v1\", to)"), ("b.cs", "[WireName(\"need.release.v1\")]")]).ShouldBe(["a.cs: offer.made.v1"]);

    [Theory]
    [MemberData(nameof(Users))]
    public void A_page_asks_for_no_scope_that_its_reader_cannot_have(string page, string kind)
    {
        var given = Read("docs/access.md").Split('\n').Single(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|') is [_, var kinds, var scopes, _] && kinds.Contains($"`{kind}`", StringComparison.Ordinal) && scopes.Contains('.', StringComparison.Ordinal));
        var asked = ScopeRow().Matches(Read(page)).SelectMany(row => Scope().Matches(row.Value)).Select(scope => scope.Value).ToList();

        asked.ShouldNotBeEmpty();
        asked.Where(scope => !given.Contains(scope, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_provider_is_told_every_code_to_decline_with() =>
        DeclineReasons.All.Where(code => !Read("docs/integrate/provider.md").Contains($"`{code}`", StringComparison.Ordinal)).ShouldBeEmpty();

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> CallsIn(string page) => Call().Matches(page).Select(call => call.Groups[1].Value).Distinct();

    private static IEnumerable<string> ProblemsIn(string page) => ProblemLink().Matches(page).Select(problem => problem.Groups[1].Value);

    private static IEnumerable<string> TypesIn(string page) => TypeRow().Matches(page).Select(row => row.Groups[1].Value);

    private static IEnumerable<string> TypesOutsideTheList(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from line in source.Text.Split('\n')
        where !line.Contains("WireName(", StringComparison.Ordinal)
        from type in WrittenType().Matches(line)
        select $"{source.File}: {type.Groups[1].Value}";

    private static IEnumerable<Operation> OperationsOf(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(file))!;
        return from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               let answers = operation.Value!["responses"]!.AsObject().Select(answer => (string?)answer.Value!["$ref"] is { } named
                   ? document["components"]!["responses"]![named.Split('/')[^1]]! : answer.Value!)
               select new Operation(
                   $"{operation.Key.ToUpperInvariant()} {path.Key}",
                   [.. operation.Value!["x-organizations"]?.AsArray().Select(kind => (string)kind!) ?? []],
                   [.. answers.SelectMany(answer => answer["x-problems"]?.AsArray().Select(problem => (string)problem!) ?? [])]);
    }

    [GeneratedRegex("`((?:GET|POST|PUT|PATCH|DELETE) /v1/[^` ?]*)`")]
    private static partial Regex Call();

    [GeneratedRegex(@"\[`([a-z-]+)`\]\((?:\.\./)?problems/[a-z-]+\.md\)")]
    private static partial Regex ProblemLink();

    [GeneratedRegex(@"^\| `([a-z-]+\.[a-z-]+\.v[0-9]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TypeRow();

    [GeneratedRegex(@"^\| `[a-z]+\.[a-z]+`.*$", RegexOptions.Multiline)]
    private static partial Regex ScopeRow();

    [GeneratedRegex("`[a-z]+\\.[a-z]+`")]
    private static partial Regex Scope();

    [GeneratedRegex("\"([a-z-]+\\.[a-z-]+\\.v[0-9]+)\"")]
    private static partial Regex WrittenType();
}
