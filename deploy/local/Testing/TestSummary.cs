using System.Globalization;

namespace SafeHarbor.Local.Testing;

/// <summary>How the tests of one project went.</summary>
internal sealed record ProjectResult(TestProject Project, TestCounts Counts, IReadOnlyList<EndedTest> Tests, TimeSpan Took)
{
    public IEnumerable<EndedTest> Failed => Tests.Where(test => test.Outcome == TestOutcome.Failed);
}

/// <summary>How all of them went.</summary>
/// <param name="Projects">Each project's first run.</param>
/// <param name="Flaky">Tests that failed in it and passed when they ran again alone: they count as passed, and are told.</param>
internal sealed record TestSummary(IReadOnlyList<ProjectResult> Projects, IReadOnlyList<string> Flaky)
{
    private const int Slowest = 10;

    public TimeSpan Took { get; init; }

    public TestCounts Counts
    {
        get
        {
            var sum = Projects.Aggregate(new TestCounts(0, 0, 0), (sum, project) => sum + project.Counts);
            return sum with { Passed = sum.Passed + Flaky.Count, Failed = sum.Failed - Flaky.Count };
        }
    }

    public bool Succeeded => Counts is { Passed: > 0, Failed: 0 };

    /// <summary>What is told in the end; the last line is the counts.</summary>
    public IEnumerable<string> Lines()
    {
        var tests = Projects.SelectMany(project => project.Tests).ToList();
        yield return "";
        yield return "Slowest:";
        foreach (var test in tests.OrderByDescending(test => test.Took).Take(Slowest))
            yield return string.Create(CultureInfo.InvariantCulture, $"  {test.Took.TotalSeconds,6:0.0} s  {test.Name}");
        foreach (var skipped in tests.Where(test => test.Outcome == TestOutcome.Skipped).OrderBy(test => test.Name, StringComparer.Ordinal))
            yield return $"skipped: {skipped.Name}: {skipped.Reason}";
        foreach (var broken in Projects.Where(project => project.Counts.Broken))
            yield return $"broken: {broken.Project.Name} ended without saying how its tests went; its output is above.";
        foreach (var failed in Projects.SelectMany(project => project.Failed).Where(test => !Flaky.Contains(test.Name)))
            yield return $"failed: {failed.Name}";
        if (Flaky.Count > 0)
        {
            yield return "";
            yield return "================================================================================";
            foreach (var flaky in Flaky)
                yield return $"flaky: {flaky}";
            yield return "Each failed, and passed when it ran again alone: a defect, to be mended at once.";
            yield return "================================================================================";
        }
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{Projects.Count} projects in {(int)Took.TotalMinutes}:{Took.Seconds:00}");
        yield return Counts.ToString();
    }

    /// <summary>Keeps the names of flaky tests, one a line; without any there is no file.</summary>
    public async Task KeepFlakyAsync(string file, CancellationToken cancellationToken)
    {
        File.Delete(file);
        if (Flaky.Count > 0)
            await File.WriteAllLinesAsync(file, Flaky, cancellationToken);
    }
}
