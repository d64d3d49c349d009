using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Delivers what has committed: takes messages from the outbox in order, sends them, and deletes them once the broker has confirmed. A crash in
/// between sends a message again under the same id, which receivers drop. Fires due timers. One instance of a service relays at a time
/// (an advisory lock of its database session), the others stand by; commits of every instance wake it by <c>NOTIFY</c>.
/// </summary>
internal sealed partial class Relay(string database, Uri broker, string service, RelayState state, ILogger<Relay> logger) : BackgroundService
{
    private const long LockKey = 0x5AFE_4A4B;
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(() => pause = TimeSpan.FromMilliseconds(200), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                state.IsConnected = false;
                LogInterrupted(logger, e.GetType().Name, e.Message, pause);
                await Task.Delay(pause, stoppingToken);
                pause = TimeSpan.FromMilliseconds(Math.Min(5000, pause.TotalMilliseconds * 2));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Action connected, CancellationToken cancellation)
    {
        await using var link = await BrokerLink.OpenAsync(broker, $"{service} relay", cancellation);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"listen {Store.RelayChannel}", cancellation);
        state.IsConnected = true;
        connected();
        LogConnected(logger, service);
        while (!await TryLockAsync(connection, cancellation))
            await Task.Delay(Net, cancellation);
        while (link.IsOpen)
        {
            var sweep = await OutboxReader.SweepAsync(connection, cancellation);
            if (sweep.Rows.Count > 0)
                await SendAsync(link, connection, sweep.Rows, cancellation);
            else
                await connection.WaitAsync(sweep.NextDue < Net ? sweep.NextDue.Value + TimeSpan.FromMilliseconds(1) : Net, cancellation);
        }
        throw new RelayInterruptedException("The broker closed the relay's channel.");
    }

    private async Task SendAsync(BrokerLink link, NpgsqlConnection connection, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(BrokerSettings.ConfirmTimeout);
        var confirmed = new ConcurrentQueue<long>();
        var refused = new ConcurrentQueue<(OutboxRow Row, string Error)>();
        var sending = rows.GroupBy(r => r.OrderingKey).Select(lane => SendLaneAsync(link, lane, confirmed, refused, timeout.Token)).ToList();
        try
        {
            await Task.WhenAll(sending);
        }
        finally
        {
            // What is confirmed is deleted even when the link broke meanwhile, so that little is sent twice.
            if (!confirmed.IsEmpty)
                await OutboxReader.DeleteAsync(connection, [.. confirmed], cancellation);
            Instruments.Sent.Add(confirmed.Count);
        }
        foreach (var (row, error) in refused)
        {
            var delay = TimeSpan.FromSeconds(Math.Min(300, 0.25 * Math.Pow(2, Math.Min(row.Attempts, 12))));
            Instruments.Refused.Add(1);
            LogRefused(logger, row.MessageId, row.Type, row.Destination, row.Attempts + 1, delay, error);
            await OutboxReader.HoldBackAsync(connection, row, delay, error, cancellation);
        }
    }

    private static async Task SendLaneAsync(BrokerLink link, IEnumerable<OutboxRow> lane, ConcurrentQueue<long> confirmed,
        ConcurrentQueue<(OutboxRow, string)> refused, CancellationToken cancellation)
    {
        foreach (var row in lane)
        {
            try
            {
                await link.SendAsync(row, cancellation);
                confirmed.Enqueue(row.Sequence);
            }
            catch (PublishException e)
            {
                refused.Enqueue((row, e.IsReturn ? "No queue is bound to its destination." : "The broker refused it (nack)."));
                return;
            }
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({LockKey})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Relay of {Service} is connected to broker and database.")]
    private static partial void LogConnected(ILogger logger, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Relay interrupted ({Error}: {Reason}); nothing is lost, it goes on in {Pause}.")]
    private static partial void LogInterrupted(ILogger logger, string error, string reason, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} ({Type}) to {Destination} was not taken, attempt {Attempt}; next in {Delay}: {Reason}")]
    private static partial void LogRefused(ILogger logger, Guid messageId, string type, string destination, int attempt, TimeSpan delay, string reason);
}
