using System.Diagnostics;

namespace SafeHarbor.Local.Testing;

/// <summary>Runs test projects side by side, and then, each alone, once more what failed.</summary>
/// <param name="environment">What the programs are told.</param>
/// <param name="progress">Told how it goes.</param>
/// <param name="outputs">The directory that keeps what each program wrote.</param>
internal sealed class TestRun(IReadOnlyDictionary<string, string> environment, TestProgress progress, string outputs)
{
    /// <summary>Where more tests than this fail, it is not chance, and nobody wants to wait for them twice.</summary>
    public int MostRunAgain { get; init; } = 20;

    /// <summary>How many programs run at a time.</summary>
    public required int AtOnce { get; init; }

    public async Task<TestSummary> RunAsync(IReadOnlyList<TestProject> projects, string? filter, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(outputs);
        var clock = Stopwatch.StartNew();
        var ended = new List<ProjectResult>();
        await Parallel.ForEachAsync(projects.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (one, token) =>
        {
            progress.Begins(one.Item);
            var result = await RunAsync(one.Item, filter is null ? null : $"*{filter}*", one.Item.Name, token);
            lock (ended)
                ended.Add(result);
            progress.Ended(result);
        });
        return new TestSummary(ended, await RunAgainAsync(ended, cancellationToken)) { Took = clock.Elapsed };
    }

    private async Task<ProjectResult> RunAsync(TestProject project, string? filter, string log, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var tests = new List<EndedTest>();
        var (counts, output) = await project.RunAsync(filter, environment, test =>
        {
            tests.Add(test);
            progress.Tested(project, test);
        }, cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(outputs, log + ".log"), output, cancellationToken);
        if (counts.Broken)
            progress.Say(string.Join(Environment.NewLine, output.Prepend($"{project.Name} ended without saying how its tests went; this is what it wrote:")));
        return new(project, counts, tests, clock.Elapsed);
    }

    /// <returns>Tests that failed, and passed when their method ran again. Rows whose long arguments are cut to the same name count as one: all of them have to pass.</returns>
    private async Task<IReadOnlyList<string>> RunAgainAsync(IReadOnlyList<ProjectResult> ended, CancellationToken cancellationToken)
    {
        var again = ended.SelectMany(project => project.Failed.Select(test => test.Method).Distinct().Select(method => (project, method))).ToList();
        if (again.Count > MostRunAgain)
        {
            progress.Say($"{again.Count} tests failed; none of them is run again.");
            return [];
        }
        var flaky = new List<string>();
        foreach (var ((project, method), number) in again.Select((one, i) => (one, i + 1)))
        {
            progress.Say($"Once more, alone: {method}");
            var second = await RunAsync(project.Project, method, $"{project.Project.Name}.again-{number}", cancellationToken);
            var outcomes = second.Tests.ToLookup(test => test.Name, test => test.Outcome);
            flaky.AddRange(project.Failed.Where(test => test.Method == method).Select(test => test.Name)
                .Where(name => outcomes[name].Any() && outcomes[name].All(outcome => outcome == TestOutcome.Passed)));
        }
        return flaky;
    }
}
