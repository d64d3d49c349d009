using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>
/// Ends what a program started, even when that program is killed: a shell that waits on a pipe from the program,
/// which the kernel closes at its end, and then runs the given commands.
/// </summary>
internal sealed class Lifeline : IDisposable
{
    private readonly Process _shell;

    private Lifeline(Process shell) => _shell = shell;

    // Its output must lead nowhere: nobody is left to read it when the commands run, and a writer to a broken pipe dies.
    public static Lifeline? Start(IEnumerable<string> commands)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string[] line = ["/bin/sh", "-c", string.Join(Environment.NewLine, ["exec >/dev/null 2>&1", "cat", .. commands])];
        if (Executables.Find("setsid") is { } setsid)
            line = [setsid, .. line];
        return new Lifeline(Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!);
    }

    /// <summary>Cuts it without running the commands.</summary>
    public void Dispose()
    {
        _shell.Kill(entireProcessTree: true);
        _shell.Dispose();
    }
}
