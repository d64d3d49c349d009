using Npgsql;
using SafeHarbor.CaseServices.Providers;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// Has the needs that nobody was left for ranked again, when the directory in memory has changed about a provider of their county, and once when the process
/// starts. Every instance does it: a need that has been asked about meanwhile ignores it. The net under it is the need's own reminder.
/// </summary>
internal sealed partial class UnfilledNeeds(ProviderDirectory directory, UnitStore store, ILogger<UnfilledNeeds> logger) : BackgroundService
{
    private const string OfCounties = "select encounter_id, correlation_id from needs where current_state = 'UNFILLED' and responder = any($1)";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, DateTimeOffset> _known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await directory.Changed.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
                await RankAgainAsync([.. directory.Listed.Where(p => _known.GetValueOrDefault(p.Provider.Slug) != p.ChangedAt)], stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, failure.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                directory.Changed.Ring();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RankAgainAsync(IReadOnlyList<ListedProvider> changed, CancellationToken cancellation)
    {
        var counties = changed.SelectMany(p => p.Provider.Contracts).Select(c => $"{Organization.County}:{c.CountyFips}").Distinct().ToArray();
        var unit = new UnitOfWork();
        if (counties.Length > 0)
        {
            await using var rows = await store.ReadAsync(Reader.Service, cancellation, new NpgsqlBatchCommand(OfCounties) { Parameters = { new() { Value = counties } } });
            while (await rows.ReadAsync(cancellation))
                unit.Send(Queues.Need, new RankNeedAgain(rows.GetGuid(0), rows.GetGuid(1)));
        }
        if (unit.Messages.Any())
            await store.CommitAsync(unit, cancellation);
        foreach (var provider in changed)
            _known[provider.Provider.Slug] = provider.ChangedAt;
    }

    [LoggerMessage(LogLevel.Warning, "Needs that nobody was left for could not be ranked again: {Failure}. It is tried again.")]
    private static partial void LogFailed(ILogger logger, string failure);
}
