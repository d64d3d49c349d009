using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Delivers what has committed: takes messages from the outbox in order, sends them in bursts, and deletes them once the broker has confirmed. A
/// crash in between sends a message again under the same id, which receivers drop. Instances of a service divide the outbox by lanes; commits of
/// every instance wake the one concerned.
/// </summary>
internal sealed partial class Relay(RelaySettings settings, RelayState state, ParkedMessages parked, ILogger<Relay> logger) : BackgroundService
{
    private const int Busy = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    // The broker closed the channel on some message of the last burst: find it.
    private bool _careful;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(() => pause = ShortestPause, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                (state.Link, state.HasAllLanes) = (null, false);
                LogInterrupted(logger, e.GetType().Name, e.Message, pause);
                await Task.Delay(pause, stoppingToken);
                pause = TimeSpan.FromMilliseconds(Math.Min(5000, pause.TotalMilliseconds * 2));
            }
            // Whatever it is: the link may go just when the service ends.
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Action connected, CancellationToken cancellation)
    {
        await using var link = await BrokerLink.OpenAsync(settings, cancellation);
        await using var connection = new NpgsqlConnection(settings.Database);
        await connection.OpenAsync(cancellation);
        var lanes = new RelayLanes(connection);
        await lanes.JoinAsync(cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listening = ListenAsync(ending.Token);
        try
        {
            state.Link = link;
            connected();
            LogConnected(logger, settings.Service);
            await RelayAsync(link, connection, lanes, listening, cancellation);
        }
        finally
        {
            (state.Link, state.HasAllLanes) = (null, false);
            await ending.CancelAsync();
            await listening.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task RelayAsync(BrokerLink link, NpgsqlConnection connection, RelayLanes lanes, Task listening, CancellationToken cancellation)
    {
        var proven = new HashSet<string>();
        var window = new OutboxWindow();
        IReadOnlyCollection<long> sent = [];
        while (link.IsOpen && !listening.IsCompleted)
        {
            if (lanes.AreToBeBalanced)
            {
                // Whoever takes over a lane would send again what was sent and is not deleted.
                await OutboxReader.DeleteAsync(connection, sent, cancellation);
                sent = [];
                // From before a lane is given up, whoever gets it is told of commits.
                state.HasAllLanes = false;
                await lanes.BalanceAsync(cancellation);
                state.HasAllLanes = lanes.HasAll;
                window.Reset();
            }
            var rows = await OutboxReader.SweepAsync(connection, lanes, sent, window.Next(), cancellation);
            window.Read(rows);
            sent = rows.Count == 0 ? [] : await SendAsync(new Burst(link, proven), connection, rows, cancellation);
            if (rows.Count == 0)
                await state.Outbox.WaitAsync(lanes.UntilBalance, cancellation);
            else if (rows.Count > Busy)
                await Task.Delay(Linger, cancellation);
        }
        // So that little is sent twice although the link is gone.
        await OutboxReader.DeleteAsync(connection, sent, cancellation);
        if (listening.IsFaulted)
            await listening;
        throw new RelayInterruptedException("The broker closed the relay's channel.");
    }

    private async Task<IReadOnlyCollection<long>> SendAsync(Burst burst, NpgsqlConnection connection, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(BrokerSettings.ConfirmTimeout);
        try
        {
            await (_careful ? burst.SendOneByOneAsync(rows, timeout.Token) : burst.SendAsync(rows, timeout.Token));
            _careful = false;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // What is confirmed is deleted although the link broke, so that little is sent twice.
            if (burst.Sent.Count > 0)
                await OutboxReader.DeleteAsync(connection, burst.Sent, cancellation);
            _careful = e is OperationInterruptedException { ShutdownReason.ReplyCode: >= 400 and < 540 };
            await HoldBackAsync(burst, connection, cancellation);
            // A queue that does not answer must not fill every burst to come; an alarm is no queue's fault.
            if (timeout.IsCancellationRequested && state.Link?.Blocked is null)
                await OutboxReader.PutOffAsync(connection, burst.Unanswered(rows), Patience, cancellation);
            throw;
        }
        await HoldBackAsync(burst, connection, cancellation);
        Account(burst, rows);
        return burst.Sent;
    }

    private async Task HoldBackAsync(Burst burst, NpgsqlConnection connection, CancellationToken cancellation)
    {
        foreach (var (row, error) in burst.Refused)
        {
            Instruments.Refused.Add(1, Instruments.System, Instruments.To(row.Destination));
            if (row.Attempts + 1 >= settings.Attempts)
            {
                await parked.ParkAsync(ParkedRow.Refused(row, error), cancellation, OutboxReader.Delete([row.Sequence]));
                continue;
            }
            var delay = TimeSpan.FromSeconds(Math.Min(300, 0.25 * Math.Pow(2, Math.Min(row.Attempts, 12))));
            LogRefused(logger, row.MessageId, row.Type, row.Destination, row.Attempts + 1, delay, error);
            await OutboxReader.HoldBackAsync(connection, row, delay, error, cancellation);
        }
    }

    private static void Account(Burst burst, IReadOnlyList<OutboxRow> rows)
    {
        if (!Instruments.CountsDeliveries)
            return;
        var (sent, now) = (burst.Sent.ToHashSet(), DateTimeOffset.UtcNow);
        foreach (var row in rows.Where(r => sent.Contains(r.Sequence)))
            Instruments.Delivered(row.Destination, now - row.CreatedAt);
    }

    /// <summary>Turns other processes' commits into wake-ups, until it fails.</summary>
    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(settings.Database);
        await connection.OpenAsync(cancellation);
        await using var listen = new NpgsqlCommand($"listen {UnitStore.RelayChannel}", connection);
        await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            state.Outbox.Ring();
            await connection.WaitAsync(cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Relay of {Service} is connected to broker and database.")]
    private static partial void LogConnected(ILogger logger, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Relay interrupted ({Error}: {Reason}); nothing is lost, it goes on in {Pause}.")]
    private static partial void LogInterrupted(ILogger logger, string error, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} ({Type}) to {Destination} was not taken, attempt {Attempt}; next in {Delay}: {Reason}")]
    private static partial void LogRefused(ILogger logger, Guid messageId, string type, string destination, int attempt, TimeSpan delay, string reason);
}
