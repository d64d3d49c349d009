using System.Globalization;

namespace SafeHarbor.Local.Testing;

/// <summary>
/// Shows how a run goes: which projects run and how many tests are done, as one line that changes on a terminal, else now and then as a line of its own;
/// each project's end; each failure whole, as soon as it is known.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="live">It is a terminal.</param>
/// <param name="elapsed">How long the run has taken.</param>
internal sealed class TestProgress(TextWriter output, bool live, Func<TimeSpan> elapsed)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = [];
    private int _done;
    private TimeSpan _shown;

    public void Begins(TestProject project)
    {
        lock (_lock)
        {
            _running.Add(project.ShortName, 0);
            if (live)
                ShowLive();
        }
    }

    public void Tested(TestProject project, EndedTest test)
    {
        lock (_lock)
        {
            _done++;
            if (_running.TryGetValue(project.ShortName, out var done))
                _running[project.ShortName] = done + 1;
            if (test.Outcome == TestOutcome.Failed)
                Write([$"failed {test.Name} ({project.ShortName})", .. test.Said]);
            if (elapsed() - _shown < (live ? Often : NowAndThen))
                return;
            _shown = elapsed();
            if (live)
                ShowLive();
            else
                Write([Status()]);
        }
    }

    public void Ended(ProjectResult project)
    {
        lock (_lock)
        {
            _running.Remove(project.Project.ShortName);
            Write([string.Create(CultureInfo.InvariantCulture, $"{Clock()}  {project.Project.Name}: {project.Counts} in {project.Took.TotalSeconds:0} s")]);
        }
    }

    public void Say(string text)
    {
        lock (_lock)
            Write([text]);
    }

    private void Write(IEnumerable<string> lines)
    {
        Clear();
        foreach (var line in lines)
            output.WriteLine(line);
        if (live)
            ShowLive();
    }

    /// <summary>At the end of a run: the line that changes goes.</summary>
    public void Clear()
    {
        if (live)
            output.Write("\r\e[K");
    }

    private void ShowLive()
    {
        Clear();
        if (_running.Count > 0)
            output.Write(Status());
        output.Flush();
    }

    private string Status() =>
        $"{Clock()}  {_done} tests done; running: {string.Join(", ", _running.Select(project => string.Create(CultureInfo.InvariantCulture, $"{project.Key} {project.Value}")))}";

    private string Clock() => elapsed().ToString(@"mm\:ss", CultureInfo.InvariantCulture);
}
