using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>A server that the running program started for itself alone, and may therefore break: it comes back on the same ports with the same data.</summary>
public sealed class OwnServer
{
    private readonly ServerHome _home;
    private readonly string _name;
    private readonly ServerLaunch _launch;
    private FoundServer _server;

    internal OwnServer(ServerHome home, string name, FoundServer server) =>
        (_home, _name, _server, _launch) = (home, name, server, server.Launch ?? throw new InvalidOperationException($"{name} was not started by this program."));

    public bool IsRunning => Process.IsRunning;

    // What was started last is the server itself; before it comes what it needs, such as Erlang's port mapper.
    private RecordedProcess Process => _server.Processes[^1];

    /// <summary>SIGKILL to its main process, as in a power failure; returns when that has ended.</summary>
    public Task KillAsync() => EndAsync(Signals.Kill);

    /// <summary>SIGQUIT, which PostgreSQL calls an immediate stop: no connection is closed in order, and the next start recovers from the log.</summary>
    public Task StopImmediatelyAsync() => EndAsync(Signals.Quit);

    /// <summary>Starts it again and returns when it answers.</summary>
    /// <exception cref="ServersUnavailableException">It did not come back; the message holds the end of its log.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
            return;
        var process = _launch.Start();
        _server = _server with { Processes = [.. _server.Processes.SkipLast(1), process] };
        _home.Record(_name, _server);
        await _launch.WaitUntilReadyAsync(process, cancellationToken);
    }

    private async Task EndAsync(int signal)
    {
        Process.Send(signal);
        await Process.StopAsync(TimeSpan.FromSeconds(10));
    }
}
