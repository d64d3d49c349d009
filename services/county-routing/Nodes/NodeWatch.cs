using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.CountyRouting.Nodes;

/// <summary>Which nodes are silent, for health and metrics: looked up now and then, and when that has changed here.</summary>
public sealed class NodeWatch : IHealthCheck, IDisposable
{
    /// <summary>What the gauge is called.</summary>
    public const string Instrument = "safeharbor.nodes.silent";

    private readonly Meter _meter = new("SafeHarbor.CountyRouting");
    private volatile IReadOnlyList<string> _silent = [];

    /// <summary>A watch.</summary>
    /// <param name="silentAfter">So long a node may be unheard (ours): four of its signs.</param>
    public NodeWatch(TimeSpan silentAfter)
    {
        SilentAfter = silentAfter;
        _meter.CreateObservableGauge(Instrument, () => _silent.Count, "{node}", "Nodes of counties that are not heard any more.");
    }

    public TimeSpan SilentAfter { get; }

    /// <summary>Rings when a node has fallen silent, or is heard again.</summary>
    internal Wakeup Changed { get; } = new();

    internal void See(IReadOnlyList<string> silent) => _silent = silent;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(_silent is { Count: > 0 } silent
        ? HealthCheckResult.Degraded($"Not heard: {string.Join(", ", silent)}. See GET /v1/nodes.") : HealthCheckResult.Healthy());

    public void Dispose() => _meter.Dispose();
}

/// <summary>Keeps a <see cref="NodeWatch"/> as the database has it: other instances of the service hear nodes too.</summary>
internal sealed partial class NodeWatcher(NodeWatch watch, UnitStore store, ILogger<NodeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                watch.See(await SilentAsync(stoppingToken));
                await watch.Changed.WaitAsync(AtLeastEvery, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name);
                await Task.Delay(AtLeastEvery, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    private async Task<IReadOnlyList<string>> SilentAsync(CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand($"select name from nodes where current_state = '{StateWord.Of(nameof(NodeMachine.Silent))}' order by name");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> silent = [];
        while (await reader.ReadAsync(cancellation))
            silent.Add(reader.GetString(0));
        return silent;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked which nodes are silent ({Error}); what was seen last stays.")]
    private static partial void LogFailed(ILogger logger, string error);
}
