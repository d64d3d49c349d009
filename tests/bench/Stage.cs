using System.Diagnostics;
using Npgsql;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench;

/// <summary>A fresh installation with everybody around it, and the accounts of all that runs.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Postgres = "postgresql", RabbitMq = "rabbitmq", Generator = "load generator";

    private readonly InstallationPlan _plan;

    private Stage(InstallationPlan plan, Installation installation, PublicApis apis, Crew crew)
    {
        (_plan, Installation, Apis, Crew) = (plan, installation, apis, crew);
        Journeys = new(new Officer(apis), crew);
        Journeys.Accepted += reported => Reported.Enqueue(reported.EncounterId);
    }

    public Installation Installation { get; }
    public PublicApis Apis { get; }
    public Crew Crew { get; }
    public Journeys Journeys { get; }

    /// <summary>Every encounter that was accepted here.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<Guid> Reported { get; } = [];

    public ServerPair Servers => _plan.Servers;

    public static async Task<Stage> OpenAsync(InstallationPlan plan, CancellationToken cancellation)
    {
        var installation = await Installation.StartAsync(plan, cancellation);
        try
        {
            var apis = new PublicApis(installation);
            return new(plan, installation, apis, await Crew.ArriveAsync(apis, seesThrough: false, cancellation));
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Journeys.Dispose();
        await Crew.DisposeAsync();
        Apis.Dispose();
        await Installation.DisposeAsync();
    }

    public async Task<Snapshot> SnapshotAsync(CancellationToken cancellation)
    {
        var broker = BrokerCounts.ReadAsync(Servers.RabbitMqManagement, _plan.VirtualHostName, cancellation);
        var database = await DatabaseCounts.ReadAsync(Servers.Postgres, ServiceKind.All.ToDictionary(_plan.DatabaseOf, kind => kind.Name), cancellation);
        return new(Stopwatch.GetTimestamp(), ProcessorTimes(), ProcessTree.MachineMilliseconds(), database, await broker);
    }

    public IReadOnlyDictionary<string, Memory> Memory() => ServiceKind.All.ToDictionary(kind => kind.Name, kind => Meters.Memory.Of(Pid(kind)));

    /// <summary>A service's database for the administrator, whom no right and no trigger holds up.</summary>
    public NpgsqlConnection Connect(ServiceKind kind) =>
        new(new NpgsqlConnectionStringBuilder(Servers.Postgres) { Database = _plan.DatabaseOf(kind), CommandTimeout = 600 }.ConnectionString);

    private Dictionary<string, double> ProcessorTimes()
    {
        var times = ServiceKind.All.ToDictionary(kind => kind.Name, kind => ProcessTree.Milliseconds([Pid(kind)]));
        times[Postgres] = ProcessTree.Milliseconds(Servers.PostgresProcesses.Select(process => process.Pid));
        times[RabbitMq] = ProcessTree.Milliseconds(Servers.RabbitMqProcesses.Select(process => process.Pid));
        using var self = Process.GetCurrentProcess();
        times[Generator] = self.TotalProcessorTime.TotalMilliseconds;
        return times;
    }

    private int Pid(ServiceKind kind) => Installation[kind].Process!.Pid;
}
