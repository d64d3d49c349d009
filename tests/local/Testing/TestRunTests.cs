using System.Globalization;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

/// <summary>Runs of a real test program that goes as it is told.</summary>
public sealed class TestRunTests : IDisposable
{
    private const string Class = "SafeHarbor.StubTests.StubTests";

    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;
    private readonly StringWriter _shown = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Flaky => Path.Combine(_directory, "flaky.txt");

    [Fact]
    public async Task What_passes_is_counted_and_what_is_skipped_is_told_with_its_reason()
    {
        var summary = await RunAsync();

        summary.Counts.ShouldBe(new TestCounts(9, 0, 1));
        summary.Succeeded.ShouldBeTrue();
        var lines = summary.Lines().ToList();
        lines[^1].ShouldBe("9 passed, 0 failed, 1 skipped");
        lines.ShouldContain($"skipped: {Class}.Is_skipped: This machine has no such thing.");
        lines.SkipWhile(line => line != "Slowest:").Skip(1).TakeWhile(line => line.StartsWith(' ')).Count().ShouldBe(10);
        _shown.ToString().ShouldContain("SafeHarbor.StubTests: 9 passed, 0 failed, 1 skipped in ");
        File.Exists(Flaky).ShouldBeFalse();
    }

    [Fact]
    public async Task What_fails_once_and_passes_alone_is_told_as_flaky_and_fails_nothing()
    {
        Tell("fail once two");

        var summary = await RunAsync();

        summary.Counts.ShouldBe(new TestCounts(9, 0, 1));
        summary.Succeeded.ShouldBeTrue();
        var flaky = $"{Class}.Fails_once_where_it_is_told_to(row: \"two\")";
        summary.Lines().ShouldContain($"flaky: {flaky}");
        summary.Lines().ShouldNotContain(line => line.StartsWith("failed: ", StringComparison.Ordinal));
        (await File.ReadAllLinesAsync(Flaky, Cancelled)).ShouldBe([flaky]);
        _shown.ToString().ShouldContain($"failed {flaky}");
        _shown.ToString().ShouldContain("it was told to fail");
        _shown.ToString().ShouldContain($"Once more, alone: {Class}.Fails_once_where_it_is_told_to");
    }

    [Fact]
    public async Task What_fails_twice_fails_the_run_whatever_else_is_flaky()
    {
        Tell("fail one (or more)", "fail once one");

        var summary = await RunAsync();

        summary.Counts.ShouldBe(new TestCounts(8, 1, 1));
        summary.Succeeded.ShouldBeFalse();
        summary.Lines().ShouldContain($"failed: {Class}.Fails_where_it_is_told_to(row: \"one (or more)\")");
        summary.Lines().ShouldContain($"flaky: {Class}.Fails_once_where_it_is_told_to(row: \"one\")");
    }

    [Fact]
    public async Task What_fails_twice_is_not_flaky_because_a_row_of_the_same_name_passes()
    {
        Tell("fail a row that is longer than what is shown of it, so that another has the same name, second");

        var summary = await RunAsync();

        summary.Counts.ShouldBe(new TestCounts(8, 1, 1));
        summary.Flaky.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_many_fail_none_is_run_again()
    {
        Tell("fail two", "fail once one");

        var summary = await RunAsync(mostRunAgain: 1);

        summary.Counts.Failed.ShouldBe(2);
        summary.Flaky.ShouldBeEmpty();
        _shown.ToString().ShouldContain("2 tests failed; none of them is run again.");
    }

    [Fact]
    public async Task A_program_that_ends_halfway_fails_the_run_and_what_it_wrote_is_kept()
    {
        Tell("end");

        var summary = await RunAsync();

        summary.Succeeded.ShouldBeFalse();
        summary.Lines().ShouldContain(line => line.StartsWith("broken: SafeHarbor.StubTests ", StringComparison.Ordinal));
        File.Exists(Path.Combine(_directory, "outputs", "SafeHarbor.StubTests.log")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_is_interrupted_leaves_no_program_behind()
    {
        Tell("wait");
        using var interrupting = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        var running = RunAsync(cancellation: interrupting.Token);
        while (!File.Exists(Path.Combine(_directory, "waiting")))
            await Task.Delay(20, Cancelled);
        var program = RecordedProcess.Of(int.Parse(await File.ReadAllTextAsync(Path.Combine(_directory, "waiting"), Cancelled), CultureInfo.InvariantCulture));
        program.IsRunning.ShouldBeTrue();
        await interrupting.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        while (program.IsRunning)
            await Task.Delay(20, Cancelled);
    }

    [Fact]
    public async Task Part_of_a_name_chooses()
    {
        var summary = await RunAsync("Is_skip");

        summary.Counts.ShouldBe(new TestCounts(0, 0, 1));
    }

    [Fact]
    public void Projects_that_take_longest_come_first()
    {
        var projects = TestProject.FindAll(Checkout.Find());

        projects.ShouldBe(projects.OrderByDescending(project => project.Seconds), ignoreOrder: false);
        projects[0].Seconds.ShouldBeGreaterThan(0);
        projects.ShouldNotContain(project => project.Name == "SafeHarbor.StubTests");
    }

    public void Dispose()
    {
        _shown.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private void Tell(params string[] files)
    {
        foreach (var file in files)
            File.WriteAllText(Path.Combine(_directory, file), "");
    }

    private async Task<TestSummary> RunAsync(string? filter = null, int mostRunAgain = 20, CancellationToken? cancellation = null)
    {
        var project = new TestProject("SafeHarbor.StubTests", Checkout.Find().BuiltAssembly("SafeHarbor.StubTests"));
        var run = new TestRun(new Dictionary<string, string> { ["STUB_TESTS"] = _directory }, new TestProgress(_shown, live: false, () => TimeSpan.Zero), Path.Combine(_directory, "outputs"))
        {
            AtOnce = 1,
            MostRunAgain = mostRunAgain,
        };
        var summary = await run.RunAsync([project], filter, cancellation ?? Cancelled);
        await summary.KeepFlakyAsync(Flaky, Cancelled);
        return summary;
    }
}
