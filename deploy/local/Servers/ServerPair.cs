using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Servers;

/// <summary>
/// The one seam through which everybody gets PostgreSQL and RabbitMQ. In this order: what the environment names, what the record says is still up,
/// a Docker engine by docker-compose.yml (not for one run alone), the programs on this machine, the distribution's packages.
/// </summary>
public sealed class ServerPair : IAsyncDisposable
{
    private readonly ServerHome _home;
    private readonly FoundServer _postgres;
    private readonly FoundServer _rabbitMq;
    private OwnServer? _ownPostgres;
    private OwnServer? _ownRabbitMq;

    private ServerPair(ServerHome home, FoundServer postgres, FoundServer rabbitMq) =>
        (_home, _postgres, _rabbitMq) = (home, postgres, rabbitMq);

    /// <summary>Npgsql connection string of an administrator, database <c>postgres</c>.</summary>
    public string Postgres => _postgres.Connection;

    /// <summary><c>amqp://user:password@host:port</c>, without a virtual host.</summary>
    public string RabbitMq => _rabbitMq.Connection;

    /// <summary>The management API's address, with credentials.</summary>
    public string RabbitMqManagement => _rabbitMq.Management!;

    /// <summary>The processes that were started for PostgreSQL, when it is an instance of its own; their children are not listed.</summary>
    public IReadOnlyList<RecordedProcess> PostgresProcesses => _postgres.Processes;

    /// <summary>The processes that were started for RabbitMQ, when it is an instance of its own; their children are not listed.</summary>
    public IReadOnlyList<RecordedProcess> RabbitMqProcesses => _rabbitMq.Processes;

    /// <summary>The servers' logs, when they are instances of their own.</summary>
    public IReadOnlyList<string> LogFiles => [.. Directory.GetFiles(_home.Directory, "*.log", SearchOption.AllDirectories)];

    /// <summary>Who has signed the servers' certificates; null when they were started without TLS.</summary>
    public DevelopmentAuthority? Authority => _home.Authority;

    /// <summary>Where each comes from, for people.</summary>
    public string Origin => $"PostgreSQL: {_postgres.Origin}; RabbitMQ: {_rabbitMq.Origin}";

    /// <summary>The variables by which another program is given these servers.</summary>
    public IReadOnlyDictionary<string, string> AsEnvironment() => GivenByEnvironment.Of(Postgres, RabbitMq, RabbitMqManagement);

    /// <summary>At least one server is shared with others, so that names in it must be told apart.</summary>
    public bool IsShared => _postgres.Given || _rabbitMq.Given;

    /// <summary>Finds the servers of a home or starts them.</summary>
    /// <param name="home">Where they keep themselves.</param>
    /// <param name="say">Told what takes long.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped again.</param>
    /// <exception cref="ServersUnavailableException">There is nothing to find or to start; the message says what to do.</exception>
    public static Task<ServerPair> FindOrStartAsync(ServerHome home, Action<string> say, CancellationToken cancellationToken) =>
        LeavingNothingAsync(home, () => FindOrStartMissingAsync(home, say, cancellationToken));

    private static async Task<ServerPair> FindOrStartMissingAsync(ServerHome home, Action<string> say, CancellationToken cancellationToken)
    {
        var postgres = GivenByEnvironment.Postgres(Environment.GetEnvironmentVariable) ?? await RecordedAsync(home, ServerHome.Postgres, cancellationToken);
        var rabbitMq = GivenByEnvironment.RabbitMq(Environment.GetEnvironmentVariable) ?? await RecordedAsync(home, ServerHome.RabbitMq, cancellationToken);
        var tls = home.Authority is not null;
        if (tls && (postgres is { Given: true } || rabbitMq is { Given: true }))
            throw new ServersUnavailableException(
                $"With TLS the launcher needs servers of its own: unset {GivenByEnvironment.PostgresVariable} and {GivenByEnvironment.RabbitMqVariable}. "
                + "How services are told of your servers' certificates is in docs/tls.md.");
        string[] missing = [.. postgres is null ? new[] { ServerHome.Postgres } : [], .. rabbitMq is null ? new[] { ServerHome.RabbitMq } : []];
        foreach (var server in missing)
            if (FoundServer.Read(home.RecordOf(server)) is { } remains && (tls || remains.Processes.Count > 0))
                await remains.StopAsync(wipe: false);
        if (!tls && !home.Temporary && await ComposeServers.StartAsync(missing, home, say, cancellationToken) is { } composed)
        {
            postgres ??= composed[ServerHome.Postgres];
            rabbitMq ??= composed[ServerHome.RabbitMq];
        }

        await InstallMissingAsync(postgres is null, rabbitMq is null, say, cancellationToken);
        return await StartMissingAsync(postgres, rabbitMq, home, cancellationToken);
    }

    /// <summary>Starts a pair that nobody shares, whatever the environment names: for a program that breaks its servers.</summary>
    /// <param name="home">Where they keep themselves.</param>
    /// <param name="say">Told what takes long.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped again.</param>
    /// <exception cref="ServersUnavailableException">The programs are missing; the message says what to do.</exception>
    public static Task<ServerPair> StartOwnAsync(ServerHome home, Action<string> say, CancellationToken cancellationToken) =>
        LeavingNothingAsync(home, async () =>
        {
            await InstallMissingAsync(postgres: true, rabbitMq: true, say, cancellationToken);
            return await StartMissingAsync(null, null, home, cancellationToken);
        });

    /// <summary>When the servers of one run do not start, or somebody will not wait for them, their home is of no more use.</summary>
    private static async Task<ServerPair> LeavingNothingAsync(ServerHome home, Func<Task<ServerPair>> start)
    {
        try
        {
            return await start();
        }
        catch when (home.Temporary)
        {
            await StopRecordedAsync(home, wipe: true);
            home.Lifeline?.Dispose();
            throw;
        }
    }

    /// <summary>PostgreSQL, to be broken.</summary>
    /// <exception cref="InvalidOperationException">It was not started by this program.</exception>
    public OwnServer OwnPostgres => _ownPostgres ??= new(_home, ServerHome.Postgres, _postgres);

    /// <summary>RabbitMQ, to be broken.</summary>
    /// <exception cref="InvalidOperationException">It was not started by this program.</exception>
    public OwnServer OwnRabbitMq => _ownRabbitMq ??= new(_home, ServerHome.RabbitMq, _rabbitMq);

    /// <summary>Commands to the node.</summary>
    /// <exception cref="InvalidOperationException">It was not started by this program.</exception>
    public RabbitMqControl RabbitMqControl =>
        _rabbitMq.Control ?? throw new InvalidOperationException("RabbitMQ was not started by this program.");

    private static async Task<ServerPair> StartMissingAsync(FoundServer? postgres, FoundServer? rabbitMq, ServerHome home, CancellationToken cancellationToken)
    {
        var startingPostgres = postgres is not null
            ? Task.FromResult(postgres)
            : PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, cancellationToken);
        var startingRabbitMq = rabbitMq is not null
            ? Task.FromResult(rabbitMq)
            : PrivateRabbitMq.StartAsync(PrivateRabbitMq.FindProgram()!, home, cancellationToken);
        try
        {
            return new ServerPair(home, await startingPostgres, await startingRabbitMq);
        }
        catch
        {
            foreach (var starting in new[] { startingPostgres, startingRabbitMq })
            {
                await starting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                if (starting.IsCompletedSuccessfully)
                    await (await starting).StopAsync(home.Temporary);
            }

            throw;
        }
    }

    /// <summary>The servers that were started for this home and run, be it that somebody has started them again by hand; null when they do not.</summary>
    public static async Task<ServerPair?> FindRunningAsync(ServerHome home, CancellationToken cancellationToken)
    {
        var postgres = GivenByEnvironment.Postgres(Environment.GetEnvironmentVariable) ?? await home.KnownAsync(ServerHome.Postgres, cancellationToken);
        var rabbitMq = GivenByEnvironment.RabbitMq(Environment.GetEnvironmentVariable) ?? await home.KnownAsync(ServerHome.RabbitMq, cancellationToken);
        return postgres is { MayRun: true } && rabbitMq is { MayRun: true } ? new ServerPair(home, postgres, rabbitMq) : null;
    }

    /// <summary>Stops whatever the home's records name, also when whoever started it was killed.</summary>
    public static async Task StopRecordedAsync(ServerHome home, bool wipe)
    {
        foreach (var name in new[] { ServerHome.RabbitMq, ServerHome.Postgres })
        {
            if (await home.KnownAsync(name, CancellationToken.None) is { Given: false } server)
                await server.StopAsync(wipe);
            if (wipe)
                File.Delete(home.RecordOf(name));
        }

        if (wipe && Directory.Exists(home.Directory))
            Directory.Delete(home.Directory, recursive: true);
    }

    /// <summary>Ends what killed test runs left behind.</summary>
    public static async Task StopAbandonedAsync(Checkout checkout)
    {
        checkout.CreateLocalDirectory();
        foreach (var home in ServerHome.Abandoned(checkout).ToArray())
            try
            {
                await StopRecordedAsync(home, wipe: true);
            }
            catch (IOException)
            {
                // Another run is clearing the same home away.
            }
    }

    /// <summary>Stops what was started here: with its data when it is temporary; never what the environment named.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopRecordedAsync(_home, _home.Temporary);
        // Only then: who is killed while stopping them still has them ended.
        _home.Lifeline?.Dispose();
    }

    private static async Task InstallMissingAsync(bool postgres, bool rabbitMq, Action<string> say, CancellationToken cancellationToken)
    {
        string[] packages =
        [
            .. postgres && PrivatePostgres.FindPrograms() is null ? new[] { "postgresql" } : [],
            .. rabbitMq && PrivateRabbitMq.FindProgram() is null ? new[] { "rabbitmq-server" } : [],
        ];
        if (packages.Length > 0 && !await DebianPackages.InstallAsync(packages, say, cancellationToken))
            throw new ServersUnavailableException(
                $"SafeHarbor needs {string.Join(" and ", packages)} and found neither a Docker engine that can run them nor the programs. "
                + $"Start Docker, or install them (Debian, Ubuntu: apt-get install {string.Join(' ', packages)}), or name running servers by "
                + $"{GivenByEnvironment.PostgresVariable}, {GivenByEnvironment.RabbitMqVariable} and {GivenByEnvironment.ManagementVariable}.");
    }

    private static async Task<FoundServer?> RecordedAsync(ServerHome home, string name, CancellationToken cancellationToken) =>
        await home.KnownAsync(name, cancellationToken) is { Given: false, IsRunning: true } server && server.Tls == home.Authority is not null ? server : null;
}
