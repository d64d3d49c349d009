using System.Diagnostics;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Processes;

/// <summary>One of the four services as a process of its own, which can be stopped, killed and started again on the same address.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly HttpClient Http = LocalHttp.Client(TimeSpan.FromSeconds(5));

    private readonly string _assembly;
    private readonly string _directory;
    private readonly IReadOnlyDictionary<string, string?> _environment;
    private readonly bool _endsWithProgram;
    private Lifeline? _lifeline;

    /// <param name="name">As in the documents, such as <c>intake</c>.</param>
    /// <param name="assembly">The built assembly.</param>
    /// <param name="directory">For its log and its address file.</param>
    /// <param name="environment">Its configuration.</param>
    /// <param name="endsWithProgram">Ended when the running program ends, however it ends.</param>
    public ServiceProcess(
        string name, string assembly, string directory, IReadOnlyDictionary<string, string?> environment, bool endsWithProgram)
    {
        (Name, _assembly, _directory, _environment, _endsWithProgram) = (name, assembly, directory, environment, endsWithProgram);
        Directory.CreateDirectory(directory);
    }

    public string Name { get; }

    /// <summary>Configuration that only its migration gets: the owners of its database and of the broker.</summary>
    public IReadOnlyDictionary<string, string?> Owners { get; init; } = new Dictionary<string, string?>();

    /// <summary>Grows over restarts.</summary>
    public string LogFile => Path.Combine(_directory, Name + ".log");

    /// <summary>Where it listens, the same after a restart.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public Uri Address => BoundAddress ?? throw new InvalidOperationException($"{Name} was not started yet.");

    public bool IsRunning => Process is { IsRunning: true };

    /// <summary>The running process, or the last one; null when it was never started.</summary>
    public RecordedProcess? Process { get; private set; }

    internal Uri? BoundAddress { get; private set; }

    /// <summary>Runs the service's <c>migrate</c>, unless this very build has done so before: the database itself remembers.</summary>
    /// <param name="always">Whatever the database remembers, because the broker is new.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MigrateAsync(bool always, CancellationToken cancellationToken)
    {
        var database = Owners.GetValueOrDefault("ConnectionStrings__Owner");
        var build = $"migrated by {Path.GetFileName(_assembly)} of {File.GetLastWriteTimeUtc(_assembly):O}";
        if (!always && database is not null && await Database.NoteAsync(database, cancellationToken) == build)
            return;
        var outcome = await Executables.RunAsync([DotnetHost.Path, _assembly, "migrate"], cancellationToken, workingDirectory: _directory,
            environment: _environment.Concat(Owners).ToDictionary());
        if (!outcome.Succeeded)
            throw new ServiceFailedException($"{Name}'s migrations failed: {outcome.Everything}");
        if (database is not null)
            await Database.SetNoteAsync(database, build, cancellationToken);
    }

    /// <summary>Starts it and waits until it listens; <see cref="WaitUntilReadyAsync"/> waits until it works.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Launch();
        return WaitUntilListeningAsync(cancellationToken);
    }

    /// <summary>Waits until its database, its broker connection and its schema are as they must be.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) =>
        WaitAsync("become ready", () => IsReadyAsync(Address, cancellationToken), cancellationToken);

    /// <summary>SIGKILL: it ends between two instructions, as in a power failure.</summary>
    public async Task KillAsync()
    {
        Process?.Send(Signals.Kill);
        await StopAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGSTOP: it stays, holds its connections and its locks, and does nothing, as on a machine that is out of breath.</summary>
    public void Suspend() => Process?.Send(Signals.Stop);

    /// <summary>SIGCONT: it goes on where it was suspended.</summary>
    public void Resume() => Process?.Send(Signals.Continue);

    /// <summary>Another process of the same service, on the same database and broker, with an address and a log of its own. Not started yet.</summary>
    /// <param name="name">Tells it from the first, for example <c>intake-2</c>.</param>
    /// <param name="further">Configuration that differs from the first's.</param>
    public ServiceProcess Another(string name, IReadOnlyDictionary<string, string?>? further = null)
    {
        var environment = new Dictionary<string, string?>(_environment);
        foreach (var (setting, value) in further ?? new Dictionary<string, string?>())
            environment[setting] = value;
        return new(name, _assembly, _directory, environment, _endsWithProgram);
    }

    /// <summary>SIGTERM, and SIGKILL when it has not ended in time.</summary>
    public async Task StopAsync(TimeSpan? grace = null)
    {
        if (Process is not null)
            await Process.StopAsync(grace ?? TimeSpan.FromSeconds(30));
        // Only then: when this program is killed meanwhile, the service still ends.
        _lifeline?.Dispose();
        _lifeline = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Starts it without waiting, so that it can be recorded first.</summary>
    internal void Launch()
    {
        File.Delete(AddressFile);
        var (setting, address) = TlsSettings.Listening(_environment, BoundAddress);
        var environment = new Dictionary<string, string?>(_environment)
        {
            [setting] = address,
            ["SafeHarbor__AddressFile"] = AddressFile,
        };
        Process = BackgroundProcess.Start([DotnetHost.Path, _assembly], environment, _directory, LogFile);
        _lifeline = _endsWithProgram ? Lifeline.Start([$"kill -KILL {Process.Pid}"]) : null;
    }

    internal Task WaitUntilListeningAsync(CancellationToken cancellationToken) =>
        WaitAsync("listen", () => Task.FromResult(TryReadAddress()), cancellationToken);

    internal static async Task<bool> IsReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private string AddressFile => Path.Combine(_directory, Name + ".address");

    private bool TryReadAddress()
    {
        if (!File.Exists(AddressFile) || !Uri.TryCreate(File.ReadAllText(AddressFile).Trim(), UriKind.Absolute, out var address))
            return false;
        BoundAddress = address;
        return true;
    }

    private async Task WaitAsync(string what, Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(50, cancellationToken))
            if (!IsRunning)
                throw new ServiceFailedException($"{Name} ended instead of starting to {what}. The end of {LogFile}:{Environment.NewLine}{LogTail.Of(LogFile)}");
            else if (waited.Elapsed > Patience)
                throw new ServiceFailedException($"{Name} did not {what} within a minute. The end of {LogFile}:{Environment.NewLine}{LogTail.Of(LogFile)}");
    }
}
