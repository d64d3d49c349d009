using SafeHarbor.Local;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>The whole system at its most talkative, on servers of its own, so that also their files can be searched.</summary>
internal sealed class CanaryWorld : World
{
    private readonly ServerHome _home = ServerHome.ForTests(Checkout.Find());

    public CanaryWorld(Collector collector)
    {
        Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        foreach (var category in new[] { "Default", "SafeHarbor", "Microsoft", "Microsoft.AspNetCore", "System", "Npgsql", "MassTransit" })
            Environment[$"Logging__LogLevel__{category}"] = "Trace";
    }

    public ServerPair Servers { get; private set; } = null!;

    /// <summary>For the services' logs and for what the test writes down.</summary>
    public string Evidence => Path.GetDirectoryName(Installation.Intake.LogFile)!;

    /// <summary>PostgreSQL's files: data, write-ahead log, log.</summary>
    public IEnumerable<Place> FilesOfPostgres => FilesOf("postgres");

    /// <summary>RabbitMQ's files: queues, logs.</summary>
    public IEnumerable<Place> FilesOfRabbitMq => FilesOf("rabbitmq");

    private protected override async Task<ServerPair> ServersAsync(CancellationToken cancellation) =>
        Servers = await ServerPair.StartOwnAsync(_home, System.Console.Error.WriteLine, cancellation);

    /// <summary>Ends everything; what was written remains when the test has failed.</summary>
    public async Task EndAsync(bool keep)
    {
        var evidence = Installation is null ? null : Evidence;
        await DisposeAsync();
        if (Servers is not null)
            await Servers.DisposeAsync();
        if (evidence is not null && !keep)
            Directory.Delete(evidence, recursive: true);
    }

    // A server whose user may not enter the checkout keeps its data elsewhere, and that is noted.
    private IEnumerable<Place> FilesOf(string server)
    {
        var note = Path.Combine(_home.Directory, server + ".directory");
        return Place.FilesBelow(File.Exists(note) ? File.ReadAllText(note) : Path.Combine(_home.Directory, server))
            .Append(new Place(Path.Combine(_home.Directory, server + ".log"), () => File.OpenRead(Path.Combine(_home.Directory, server + ".log"))));
    }
}
