namespace SafeHarbor.Local.Testing;

/// <summary>How many tests went how. A project that says nothing counts as one failure.</summary>
internal sealed record TestCounts(int Passed, int Failed, int Skipped, bool Broken = false)
{
    public static TestCounts operator +(TestCounts one, TestCounts other) =>
        new(one.Passed + other.Passed, one.Failed + other.Failed, one.Skipped + other.Skipped);

    public override string ToString() => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <summary>Reads the summary that Microsoft Testing Platform ends with.</summary>
    public static TestCounts Read(IEnumerable<string> output, int exitCode)
    {
        var counts = new Dictionary<string, int>();
        foreach (var line in output)
            if (line.Split(':') is [var name, var value] && int.TryParse(value, out var count))
                counts[name.Trim()] = count;
        if (!counts.TryGetValue("succeeded", out var passed))
            return exitCode == NoTestsRan ? new TestCounts(0, 0, 0) : new TestCounts(0, 1, 0, Broken: true);
        var failed = counts.GetValueOrDefault("failed");
        var failedOutsideOfTests = failed == 0 && exitCode is not (0 or NoTestsRan);
        return new TestCounts(passed, failedOutsideOfTests ? 1 : failed, counts.GetValueOrDefault("skipped"), failedOutsideOfTests);
    }

    private const int NoTestsRan = 8;
}
