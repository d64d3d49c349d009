using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Supervision;

/// <summary>
/// Looks every few seconds at what MassTransit does not tell: queues whose messages do not come (whose receipt it starts anew), queues that are gone
/// (which it declares again), messages that the broker gave up (which it parks), and a database that has been away so long that what is held has to go back.
/// </summary>
internal sealed partial class Watch(UnitStore store, RelayState relay, WatchState state, ParkedMessages parked, WatchSettings settings, TimeProvider time, ILogger<Watch> logger)
    : BackgroundService
{
    private readonly Dictionary<string, int> _deaf = [];
    private readonly HashSet<string> _gone = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Interval, time);
        do
        {
            await OneByOneAsync(() => SwitchAsync(stoppingToken), stoppingToken);
            await OneByOneAsync(() => LookAtBrokerAsync(stoppingToken), stoppingToken);
            await OneByOneAsync(() => LookAtDatabaseAsync(stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SwitchAsync(CancellationToken cancellation)
    {
        foreach (var endpoint in state.Endpoints)
            await OneByOneAsync(() => SwitchAsync(endpoint, cancellation), cancellation);
    }

    private async Task SwitchAsync(EndpointSwitch endpoint, CancellationToken cancellation)
    {
        if (!endpoint.IsOff && endpoint.Away > settings.ReleaseAfter)
        {
            LogTurnedOff(logger, endpoint.Queue);
            await endpoint.TurnOffAsync(cancellation);
        }
        else if (endpoint.IsOff && !_gone.Contains(endpoint.Queue) && await IsDatabaseThereAsync(cancellation))
        {
            LogTurnedOn(logger, endpoint.Queue);
            endpoint.TurnOn();
        }
    }

    /// <summary>What cannot be looked at or mended now does not keep the rest from being looked after.</summary>
    private async Task OneByOneAsync(Func<Task> look, CancellationToken cancellation)
    {
        try
        {
            await look();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(logger, e.GetType().Name, e.Message);
        }
    }

    private async Task LookAtBrokerAsync(CancellationToken cancellation)
    {
        state.Blocked = relay.Link?.Blocked;
        if (relay.Link is not { } link)
            return;
        foreach (var endpoint in state.Endpoints)
            try
            {
                await using var channel = await link.OpenChannelAsync(cancellation);
                var queue = await channel.QueueDeclarePassiveAsync(endpoint.Queue, cancellation);
                state.Queues[endpoint.Queue] = new(queue.MessageCount, queue.ConsumerCount);
                _gone.Remove(endpoint.Queue);
                var isDeaf = queue.ConsumerCount == 0 | (endpoint.WasIdle() && queue.MessageCount > 0);
                _deaf[endpoint.Queue] = isDeaf && !endpoint.IsOff ? _deaf.GetValueOrDefault(endpoint.Queue) + 1 : 0;
                if (_deaf[endpoint.Queue] >= settings.LooksBeforeRebuild)
                    await OneByOneAsync(() => RebuildAsync(endpoint, cancellation), cancellation);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                await OneByOneAsync(() => ReplaceAsync(link, endpoint, cancellation), cancellation);
            }
        try
        {
            await using var letters = await link.OpenChannelAsync(cancellation);
            await DeadLetters.ParkAsync(letters, settings.Owner, parked, cancellation);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            await DeclareAsync(link, Topology.DeadLetterQueueOf(settings.Owner), settings.Service, cancellation);
        }
    }

    /// <summary>
    /// Declared again while it still had a consumer, a queue would give the consumer messages that never arrive (RabbitMQ 3.10 takes them for old ones).
    /// So each instance first ends its receipt, and one look later the queue is declared.
    /// </summary>
    private async Task ReplaceAsync(BrokerLink link, EndpointSwitch endpoint, CancellationToken cancellation)
    {
        if (_gone.Add(endpoint.Queue))
        {
            await endpoint.TurnOffAsync(cancellation);
            return;
        }
        await DeclareAsync(link, endpoint.Queue, settings.Node is null ? Queues.ServiceOf(endpoint.Queue) : settings.Service, cancellation);
        _gone.Remove(endpoint.Queue);
        endpoint.TurnOn();
    }

    private async Task DeclareAsync(BrokerLink link, string gone, string service, CancellationToken cancellation)
    {
        LogGone(logger, gone);
        await using var channel = await link.OpenChannelAsync(cancellation);
        await Topology.DeclareOwnAsync(channel, service, cancellation, settings.Node, settings.BindsLater);
    }

    private async Task RebuildAsync(EndpointSwitch endpoint, CancellationToken cancellation)
    {
        LogRebuilt(logger, endpoint.Queue);
        _deaf[endpoint.Queue] = 0;
        await endpoint.TurnOffAsync(cancellation);
        endpoint.TurnOn();
    }

    private async Task LookAtDatabaseAsync(CancellationToken cancellation)
    {
        state.OldestUnsent = await OutboxReader.OldestAsync(store, cancellation);
        state.Parked = await parked.CountAsync(cancellation);
    }

    private async Task<bool> IsDatabaseThereAsync(CancellationToken cancellation)
    {
        try
        {
            await using var command = store.Database.CreateCommand("select 1");
            return await command.ExecuteScalarAsync(cancellation) is not null;
        }
        catch (Exception e) when (FailureCause.Of(e) == Cause.Installation)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Broker or database could not be looked at ({Error}: {Reason}).")]
    private static partial void LogFailed(ILogger logger, string error, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: the database has been away for long; receipt stops, and what was held goes back to the queue.")]
    private static partial void LogTurnedOff(ILogger logger, string queue);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Queue}: the database is back; receipt starts again.")]
    private static partial void LogTurnedOn(ILogger logger, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} gives this service nothing although it should; receipt starts anew.")]
    private static partial void LogRebuilt(ILogger logger, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue} was gone from the broker and is declared again. Whatever was in it is lost to the queue: find out who deleted it.")]
    private static partial void LogGone(ILogger logger, string queue);
}

/// <summary>How a <see cref="Watch"/> works.</summary>
/// <param name="Service">The service.</param>
/// <param name="Node">The node that it is; null when it belongs to the statewide system.</param>
/// <param name="Interval">How often it looks.</param>
/// <param name="LooksBeforeRebuild">How often a queue is seen without a consumer, or with messages that do not come, before its receipt is started anew.</param>
/// <param name="ReleaseAfter">How long the database may be away before held messages go back; well below the broker's limit for acknowledgments (30 minutes).</param>
internal sealed record WatchSettings(string Service, Node? Node, TimeSpan Interval, int LooksBeforeRebuild, TimeSpan ReleaseAfter)
{
    /// <summary>Whose queues it looks after, as the broker knows it.</summary>
    public string Owner => Node?.Service ?? Service;

    /// <summary>A node's keys are bound once it has taken over.</summary>
    public bool BindsLater { get; set; }
}
