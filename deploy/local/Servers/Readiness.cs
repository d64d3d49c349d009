using System.Diagnostics;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>Waits for a server by asking it, and gives up when its process has ended or a minute has passed.</summary>
internal static class Readiness
{
    public static async Task WaitAsync(
        string server,
        Func<CancellationToken, Task<bool>> isReady,
        RecordedProcess? process,
        string? logFile,
        CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !await isReady(cancellationToken); await Task.Delay(40, cancellationToken))
        {
            var ended = process is { IsRunning: false };
            if (!ended && waited.Elapsed < TimeSpan.FromMinutes(1))
                continue;
            var what = ended ? "ended instead of becoming ready" : "did not become ready within a minute";
            throw new ServersUnavailableException($"{server} {what}.{(logFile is null ? "" : $" The end of {logFile}:{Environment.NewLine}{LogTail.Of(logFile)}")}");
        }
    }
}
