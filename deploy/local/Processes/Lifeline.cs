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

    public static Lifeline? Start(IEnumerable<string> commands)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string[] line = ["/bin/sh", "-c", string.Join(Environment.NewLine, ["cat >/dev/null", .. commands])];
        if (Executables.Find("setsid") is { } setsid)
            line = [setsid, .. line];
        return new Lifeline(Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
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
