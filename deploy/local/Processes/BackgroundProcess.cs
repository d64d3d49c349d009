using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>Starts a program that writes its log to a file and does not end with the launcher, unless the launcher ends it.</summary>
internal static class BackgroundProcess
{
    // The shell opens the log and is then replaced, so that the process id stays the program's own.
    private const string Script = """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""";

    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="workingDirectory">A directory that the program may enter.</param>
    /// <param name="logFile">Appended to.</param>
    /// <param name="stopSignal">What asks it to stop.</param>
    public static RecordedProcess Start(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string?> environment,
        string workingDirectory,
        string logFile,
        int stopSignal = Signals.Terminate)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command[0], command.Skip(1)) { CreateNoWindow = true }
            : new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", logFile, .. OwnSession, .. command]);
        start.WorkingDirectory = workingDirectory;
        foreach (var (name, value) in environment)
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;

        using var process = Process.Start(start)!;
        return RecordedProcess.Of(process.Id, stopSignal);
    }

    // Ctrl-C reaches the launcher's whole session; in one of its own, a process is stopped in order by the launcher instead.
    private static readonly string[] OwnSession = Executables.Find("setsid") is { } setsid ? [setsid] : [];
}
