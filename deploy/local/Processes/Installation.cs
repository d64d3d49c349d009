using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Processes;

/// <summary>The four services on one pair of servers: databases, a virtual host, keys, migrations, processes.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly InstallationPlan _plan;
    private readonly Dictionary<string, ServiceProcess> _services = [];
    private readonly List<ServiceProcess> _nodes = [];
    private DatabaseRoles _keysDatabase = new("", "");

    private bool _isBrokerNew;

    private Installation(InstallationPlan plan, DevelopmentKeys keys) => (_plan, Keys) = (plan, keys);

    public ServiceProcess Intake => this[ServiceKind.Intake];

    public ServiceProcess CountyRouting => this[ServiceKind.CountyRouting];

    public ServiceProcess Notification => this[ServiceKind.Notification];

    public ServiceProcess CaseServices => this[ServiceKind.CaseServices];

    public ServiceProcess this[ServiceKind kind] => _services[kind.Name];

    /// <summary>Signs the tokens that the services accept.</summary>
    public DevelopmentKeys Keys { get; }

    /// <summary>Has signed the certificates of servers and services; null when connections are plain.</summary>
    public DevelopmentAuthority? Authority => _plan.Servers.Authority;

    /// <summary>The services' databases, for looking into as their owners: by service name.</summary>
    public IReadOnlyDictionary<string, string> Databases { get; private set; } = new Dictionary<string, string>();

    /// <summary>The database of the reports' keys, for looking into as its owner.</summary>
    public string KeysDatabase => _keysDatabase.Owner;

    /// <summary>The virtual host's address, for looking into.</summary>
    public string Broker { get; private set; } = "";

    /// <summary>The broker's management API, with its administrator's credentials.</summary>
    public string Management => _plan.Servers.RabbitMqManagement;

    /// <summary>Brings everything up and returns when every service is ready; when it fails, nothing is left behind.</summary>
    public static async Task<Installation> StartAsync(InstallationPlan plan, CancellationToken cancellationToken)
    {
        var installation = new Installation(plan, DevelopmentKeys.LoadOrCreate(Path.Combine(plan.Directory, "keys")));
        try
        {
            await installation.PrepareAsync(cancellationToken);
            await Task.WhenAll(installation._services.Values.Select(service => service.MigrateAsync(installation._isBrokerNew, cancellationToken)));
            var services = plan.StartedAtOnce.Select(kind => installation[kind]).ToList();
            foreach (var service in services)
                service.Launch();
            // Before anything is awaited: what runs must be known to 'down', whatever happens to the launcher.
            installation.Record();
            await Task.WhenAll(services.Select(service => service.WaitUntilListeningAsync(cancellationToken)));
            installation.Record();
            await Task.WhenAll(services.Select(service => service.WaitUntilReadyAsync(cancellationToken)));
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A county's node beside the services, prepared and not started: it is stopped with them, and its database is among <see cref="Databases"/>. Again, it is the same node with the same
    /// database, when the one before does not run any more.
    /// </summary>
    /// <param name="node">The node; its name is its county's FIPS code.</param>
    /// <param name="keeps">Whether it keeps its organizations' handoffs; if not it gives them back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ServiceProcess> NodeAsync(Node node, bool keeps, CancellationToken cancellationToken)
    {
        var (process, database) = await NodeProcess.PrepareAsync(_plan, Keys, node, keeps, cancellationToken);
        _nodes.Add(process);
        Databases = new Dictionary<string, string>(Databases) { [node.Service] = database };
        return process;
    }

    /// <summary>Stops the services; a fresh installation's databases and virtual host go too.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_services.Values.Concat(_nodes).Select(service => service.StopAsync()));
        InstallationRecord.Delete(_plan.Directory);
        if (_plan.Fresh)
            await _plan.WipeServersAsync(CancellationToken.None);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var servers = _plan.Servers;
        var creating = ServiceKind.All.ToDictionary(
            kind => kind.Name, kind => Database.CreateAsync(servers.Postgres, _plan.DatabaseOf(kind), cancellationToken));
        var keys = Database.CreateAsync(servers.Postgres, _plan.KeysDatabase, cancellationToken);
        _isBrokerNew = !await VirtualHost.ExistsAsync(servers.RabbitMqManagement, _plan.VirtualHostName, cancellationToken);
        Broker = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, _plan.VirtualHostName, cancellationToken);
        await Task.WhenAll(creating.Values);
        _keysDatabase = await keys;
        Databases = creating.ToDictionary(pair => pair.Key, pair => pair.Value.Result.Owner);
        foreach (var kind in ServiceKind.All)
        {
            var broker = await BrokerUser.CreateAsync(Broker, servers.RabbitMqManagement, _plan.BrokerUserOf(kind), BrokerRights.Of(kind.Name), cancellationToken);
            _services[kind.Name] = new ServiceProcess(
                kind.Name, _plan.Checkout.BuiltAssembly(kind.Project), _plan.Directory, Environment(kind, creating[kind.Name].Result.Service, broker), _plan.Fresh)
            {
                Owners = new Dictionary<string, string?>
                {
                    ["ConnectionStrings__Owner"] = Databases[kind.Name],
                    ["ConnectionStrings__KeysOwner"] = kind == ServiceKind.Intake ? KeysDatabase : null,
                    ["ConnectionStrings__BrokerOwner"] = Broker,
                },
            };
        }
    }

    private Dictionary<string, string?> Environment(ServiceKind kind, string database, string broker)
    {
        var environment = ServiceEnvironment.Of(_plan, Keys, kind.Name, Rerouted.Database(database, _plan.DatabasePorts, kind), Rerouted.Broker(broker, _plan.BrokerPorts, kind));
        if (kind == ServiceKind.Intake)
            environment["ConnectionStrings__Keys"] = Rerouted.Database(_keysDatabase.Service, _plan.DatabasePorts, kind);
        // Who does not seal holds no key.
        if (kind == ServiceKind.Intake || kind == ServiceKind.Notification)
            environment["Sealing__KeyFile"] = Keys.SealingKeyFile;
        foreach (var (name, value) in _plan.Environment)
            environment[name] = value;
        return environment;
    }

    private void Record() => new InstallationRecord(
        _plan.VirtualHostName,
        [.. _services.Values.Where(service => service.Process is not null).Select(service => new InstallationRecord.Service(service.Name, service.BoundAddress, service.Process!))],
        IsSandbox: _plan.IsSandbox)
        .Write(_plan.Directory);
}
