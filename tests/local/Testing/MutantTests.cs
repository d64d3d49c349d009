using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

/// <summary>What Stryker reports, and what is made of it.</summary>
public sealed class MutantTests
{
    private const string Report = """
        { "schemaVersion": "2", "files": { "/r/services/a/B.cs": { "language": "cs", "source": "", "mutants": [
            { "id": "1", "mutatorName": "Equality mutation", "replacement": "a <= b", "status": "Killed", "location": { "start": { "line": 7, "column": 1 }, "end": { "line": 7, "column": 9 } } },
            { "id": "2", "mutatorName": "Block removal mutation", "replacement": "{\n}", "status": "Survived", "location": { "start": { "line": 8, "column": 1 }, "end": { "line": 9, "column": 9 } } },
            { "id": "3", "mutatorName": "String mutation", "replacement": "\"\"", "status": "NoCoverage", "location": { "start": { "line": 9, "column": 1 }, "end": { "line": 9, "column": 9 } } },
            { "id": "4", "mutatorName": "Equality mutation", "replacement": "a > b", "status": "Timeout", "location": { "start": { "line": 9, "column": 1 }, "end": { "line": 9, "column": 9 } } },
            { "id": "5", "mutatorName": "Equality mutation", "replacement": "a == b", "status": "CompileError", "location": { "start": { "line": 9, "column": 1 }, "end": { "line": 9, "column": 9 } } }
        ] } } }
        """;

    private const string Code = "services/a/B.cs";

    [Fact]
    public void What_was_tried_is_read_with_its_place() => Mutant.Read(Report, "/r").ShouldBe(
    [
        new(Code, 7, "Equality mutation: a <= b", "Killed"), new(Code, 8, "Block removal mutation: { }", "Survived"),
        new(Code, 9, "String mutation: \"\"", "NoCoverage"), new(Code, 9, "Equality mutation: a > b", "Timeout"),
    ]);

    [Fact]
    public void What_no_test_runs_has_survived_and_an_area_with_too_much_of_it_is_named()
    {
        var half = new MutationScore("half", Mutant.Read(Report, "/r"));
        var most = new MutationScore("most", [.. Enumerable.Repeat(new Mutant("", 1, "", "Killed"), 4), new("", 1, "", "Survived")]);

        MutationScore.Table([half, most]).Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(
            ["area mutants killed survived score", "half 4 2 2 50.0 % less than 80 %", "most 5 4 1 80.0 %"]);
        (half.Suffices, most.Suffices, new MutationScore("nothing", []).Suffices).ShouldBe((false, true, false));
    }

    [Fact]
    public void Every_run_names_files_that_are_there()
    {
        var checkout = Checkout.Find();
        var runs = MutationRun.FindAll(checkout);

        foreach (var run in runs)
        {
            run.Compile.ShouldAllBe(file => File.Exists(Path.Combine(checkout.Root, "tests", run.Tests, file)), run.Project);
            var project = Directory.GetFiles(Path.Combine(checkout.Root, "services"), run.Project, SearchOption.AllDirectories).ShouldHaveSingleItem();
            run.Areas.Values.SelectMany(files => files).ShouldAllBe(file => File.Exists(Path.Combine(Path.GetDirectoryName(project)!, file)), run.Project);
        }
        runs.SelectMany(run => run.Areas.Keys).Distinct().Order().ShouldBe(["clocks", "grants", "jurisdiction", "matching", "validation"]);
        runs.Select(run => run.Of("clocks")).OfType<MutationRun>().Select(run => (run.Project, string.Join(' ', run.Areas.Keys))).ShouldBe(
            [("SafeHarbor.CountyRouting.csproj", "clocks"), ("SafeHarbor.Intake.csproj", "clocks")]);
    }

    [Theory]
    [InlineData("a/B.cs", true), InlineData("B.cs", true), InlineData("a/C.cs", false), InlineData("es/a/B.cs", false)]
    public void A_change_is_in_the_file_that_it_is_in(string file, bool isIn) => new Mutant(Code, 1, "", "Killed").IsIn(file).ShouldBe(isIn);
}
