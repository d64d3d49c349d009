using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>
/// Ends what a program started, even when that program is killed: a shell that waits on a pipe from the program,
/// which the kernel closes at its end, and then runs the given commands.
/// </summary>
internal sealed class Lifeline : IDisposable
{
    // In a session of its own, which no Ctrl-C reaches, and nobody's child, because a program is often killed with all its children.
    // Its output leads nowhere: nobody is left to read it when the commands run, and a writer to a broken pipe dies.
    private const string Detached = """exec 3<&0; "$@" <&3 3<&- >/dev/null 2>&1 &""";

    private readonly Process _shell;

    private Lifeline(Process shell) => _shell = shell;

    public static Lifeline? Start(IEnumerable<string> commands)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string[] session = Executables.Find("setsid") is { } setsid ? [setsid] : [];
        var waiting = string.Join(Environment.NewLine, ["read -r cut && exit", .. commands]);
        return new Lifeline(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Detached, "sh", .. session, "/bin/sh", "-c", waiting])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!);
    }

    /// <summary>Cuts it without running the commands.</summary>
    public void Dispose()
    {
        _shell.StandardInput.WriteLine("cut");
        _shell.Dispose();
    }
}
