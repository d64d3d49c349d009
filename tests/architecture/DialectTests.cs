using System.Reflection;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Architecture.Tests;

/// <summary>Services are written in one dialect; each rule is held against the system and against something that breaks it.</summary>
public sealed class DialectTests
{
    private static readonly string[] Assemblies =
    [
        "SafeHarbor.Intake", "SafeHarbor.CountyRouting", "SafeHarbor.Notification", "SafeHarbor.CaseServices", "SafeHarbor.Contracts", "SafeHarbor.Messaging", "SafeHarbor.Ledger",
        "SafeHarbor.ServiceDefaults",
    ];

    private static IEnumerable<Type> Types => Assemblies.SelectMany(name => Assembly.Load(name).GetTypes());

    [Fact]
    public void Routes_are_mapped_in_the_file_of_their_use_case() => DialectRules.HandlersOfOtherFiles(Sources("services")).ShouldBeEmpty();

    [Fact]
    public void A_route_to_anothers_handler_would_be_found() =>
        DialectRules.HandlersOfOtherFiles([("Routes.cs", "routes.MapGet(\"/v1/things\", ReadThings.ListAsync)")]).ShouldHaveSingleItem();

    [Fact]
    public void Answers_of_endpoints_have_types() => DialectRules.AnswersWithoutAType(Sources("services").Where(s => !s.File.Contains("building-blocks", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void An_answer_without_a_type_would_be_found() =>
        DialectRules.AnswersWithoutAType([("List.cs", "private static async Task<IResult> ListAsync()")]).ShouldHaveSingleItem();

    [Fact]
    public void Programs_have_one_shape()
    {
        var programs = Sources("services").Where(s => Path.GetFileName(s.File) == "Program.cs").ToList();
        programs.Count.ShouldBe(4);
        DialectRules.ProgramsOfAnotherShape(programs).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_of_another_shape_would_be_found() => DialectRules.ProgramsOfAnotherShape([("Program.cs", "var app = builder.Build(); app.Run();")]).ShouldNotBeEmpty();

    [Fact]
    public void A_name_means_one_type() => DialectRules.NamesOfSeveralTypes(Types).ShouldBeEmpty();

    [Fact]
    public void A_name_of_two_types_would_be_found() => DialectRules.NamesOfSeveralTypes([typeof(DialectTests), typeof(Elsewhere.DialectTests)]).ShouldHaveSingleItem();

    [Fact]
    public void No_folder_hides_a_name_of_the_framework() => DialectRules.FoldersThatHide(Types.Select(type => type.Namespace)).ShouldBeEmpty();

    [Fact]
    public void A_folder_that_hid_one_would_be_found() => DialectRules.FoldersThatHide(["SafeHarbor.CountyRouting.Directory"]).ShouldHaveSingleItem();

    [Fact]
    public void Every_problem_has_a_page_and_every_page_a_problem() => DialectRules.ProblemsOf(Sources("services")).Order(StringComparer.Ordinal).ShouldBe(
        Directory.GetFiles(Path.Combine(Repository.Root, "docs/problems"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "README").Order(StringComparer.Ordinal));

    [Fact]
    public void A_problem_without_a_page_would_be_found() => DialectRules.ProblemsOf([("Take.cs", "return Problem.Conflict(\n    \"no-page\", \"Nothing.\");")]).ShouldBe(["no-page"]);

    [Fact]
    public void Nothing_is_disposed_twice() => DialectRules.DisposedTwice([.. Sources("services"), .. Sources("deploy")]).ShouldBeEmpty();

    [Fact]
    public void What_is_disposed_twice_would_be_found() =>
        DialectRules.DisposedTwice([("Clock.cs", "await using var reader = await Read(); await reader.DisposeAsync(); await Tell();")]).ShouldHaveSingleItem();

    [Fact]
    public void Days_are_the_states() => DialectRules.DaysOfNoPlace(Sources("services")).ShouldBeEmpty();

    [Fact]
    public void A_day_of_no_place_would_be_found() =>
        DialectRules.DaysOfNoPlace([("Ages.cs", "var day = DateOnly.FromDateTime(report.OccurredAt.DateTime); if (day < DateTime.Today || night(at.Date) || at.DayOfWeek > 5) ...")]).Count().ShouldBe(5);

    [Fact]
    public void No_state_is_known_outside_of_its_folder() => DialectRules.StatesInCode(
        [
            .. Sources("services"), .. Sources("services", "*.sql"), .. Sources("services", "*.csproj"), .. Sources("contracts"), .. Sources("deploy"), .. Sources("deploy", "*.sql"),
            .. Sources("deploy/tools/county-map", "prepare.mjs"),
        ], States()).ShouldBeEmpty();

    [Theory]
    [InlineData("const string Operator = \"state:ca\";")]
    [InlineData("Give a county of California.")]
    [InlineData("FindSystemTimeZoneById(\"America/Los_Angeles\")")]
    [InlineData("organization.Is(Organization.State, \"ca\")")]
    [InlineData("fips.StartsWith(\"06\", StringComparison.Ordinal)")]
    [InlineData("organization like 'county:06%'")]
    [InlineData("$\"The desk of Delaware\"")]
    public void A_state_in_code_would_be_found(string code) => DialectRules.StatesInCode([("Code.cs", code)], States()).ShouldNotBeEmpty();

    [Fact]
    public void Spelling_is_American() =>
        DialectRules.BritishWords([.. Sources("services"), .. Sources("contracts"), .. Sources("deploy"), .. Sources("docs", "*.md"), .. Sources("services", "*.sql")]).ShouldBeEmpty();

    [Fact]
    public void British_spelling_would_be_found() => DialectRules.BritishWords([("Place.cs", "double? DistanceToLineMetres; // of the organisation")]).Count().ShouldBe(2);

    [Fact]
    public void Notices_are_built_in_one_place() => DialectRules.NoticesBuiltByHand(Sources("services")).ShouldBeEmpty();

    [Fact]
    public void A_notice_built_by_hand_would_be_found() => DialectRules.NoticesBuiltByHand([("Desk.cs", "unit.Publish(new NoticeRequested { });")]).ShouldHaveSingleItem();

    private static IEnumerable<State> States() => Directory.GetDirectories(Path.Combine(Repository.Root, "states")).Select(State.Read);

    private static IEnumerable<(string File, string Text)> Sources(string folder, string pattern = "*.cs") =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file)));
}
