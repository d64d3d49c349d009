using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>How a server's own process is started, and when it is ready: the same way every time, so that it comes back on its ports and data.</summary>
internal sealed record ServerLaunch(
    string Server,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string?> Environment,
    string Directory,
    string LogFile,
    int StopSignal,
    Func<CancellationToken, Task<bool>> IsReady)
{
    public RecordedProcess Start() => BackgroundProcess.Start(Command, Environment, Directory, LogFile, StopSignal);

    public Task WaitUntilReadyAsync(RecordedProcess process, CancellationToken cancellationToken) =>
        Readiness.WaitAsync(Server, IsReady, process, LogFile, cancellationToken);
}
