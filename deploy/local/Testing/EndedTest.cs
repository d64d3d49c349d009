namespace SafeHarbor.Local.Testing;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>How one test went.</summary>
/// <param name="Name">Class, method and arguments.</param>
/// <param name="Outcome">How.</param>
/// <param name="Took">How long.</param>
/// <param name="Said">What the runner writes below its name: why it failed, or why it was skipped.</param>
internal sealed record EndedTest(string Name, TestOutcome Outcome, TimeSpan Took, IReadOnlyList<string> Said)
{
    /// <summary>Class and method, which is what one can be asked for by.</summary>
    public string Method => Name.Split('(')[0];

    /// <summary>What it said, on one line.</summary>
    public string Reason => string.Join(' ', Said.Select(line => line.Trim()).Where(line => line.Length > 0));
}
