using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.Messaging.Parking;

/// <summary>Sets messages aside, and lets an operator send them again or give them up. Nothing that is parked ever expires.</summary>
public sealed partial class ParkedMessages
{
    private readonly UnitStore _store;
    private readonly TimeProvider _time;
    private readonly Sandbox _sandbox;
    private readonly ILogger<ParkedMessages> _logger;

    internal ParkedMessages(UnitStore store, TimeProvider time, Sandbox sandbox, ILogger<ParkedMessages> logger) =>
        (_store, _time, _sandbox, _logger) = (store, time, sandbox, logger);

    /// <summary>A message as it is to be parked. One of another installation is parked as that, whatever else is wrong with it: it is never sent again.</summary>
    internal ParkedRow Received(IReadOnlyBasicProperties? properties, byte[] body, string queue, string source, string errorType, string error) =>
        ReceivedMessage.ToParked(properties, body, queue, source, SandboxMark.IsOn(properties) == _sandbox.IsOn ? errorType : OtherInstallationException.Name, error);

    /// <summary>
    /// Parks a message and tells its encounter's timeline, in one transaction, together with <paramref name="also"/>. A message that is parked
    /// already stays as it is.
    /// </summary>
    internal async Task ParkAsync(ParkedRow row, CancellationToken cancellation, NpgsqlBatchCommand? also = null)
    {
        await using var connection = await _store.Database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("begin"), ParkedTable.Insert(row) } };
        var unit = new UnitOfWork();
        if (await batch.ExecuteScalarAsync(cancellation) is int times)
        {
            Instruments.Parked.Add(1, Instruments.System, Instruments.To(row.Destination));
            LogParked(_logger, row.MessageId, row.Type, row.Destination, row.Source, row.ErrorType);
            if (EventOf(row) is { } parked)
                unit.Publish(parked, DeterministicId.Of(row.MessageId, $"parked at {row.Destination}, time {times}"));
        }
        await _store.ExecuteAsync(connection, [unit], "commit", cancellation, also);
    }

    /// <summary>Parked messages by id, the oldest first.</summary>
    /// <param name="state"><c>PARKED</c>, <c>REDRIVEN</c> or <c>DISCARDED</c>.</param>
    /// <param name="after">Only those with a greater id.</param>
    /// <param name="limit">So many.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<IReadOnlyList<ParkedRow>> ListAsync(string state, long after, int limit, CancellationToken cancellation)
    {
        await using var command = _store.Database.CreateCommand($"select {ParkedTable.Columns} from parked where state = $1 and id > $2 order by id limit $3");
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<ParkedRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(ParkedTable.Read(reader));
        return rows;
    }

    /// <summary>One of them, whatever its state; null when there is none.</summary>
    public async Task<ParkedRow?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var command = _store.Database.CreateCommand($"select {ParkedTable.Columns} from parked where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ParkedTable.Read(reader) : null;
    }

    /// <summary>How many wait.</summary>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var command = _store.Database.CreateCommand("select count(*) from parked where state = 'PARKED'");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>
    /// Sends a parked message again, under its own id and time, to where it was going. Doing it twice sends it once; and should its effects be there
    /// after all, the inbox drops it. A message of another installation stays where it is.
    /// </summary>
    /// <param name="id">The parked message.</param>
    /// <param name="by">Who decided it; the ledger says so, in the same transaction.</param>
    /// <param name="cancellation">Cancels; nothing has happened then.</param>
    public Task RedriveAsync(long id, Caller by, CancellationToken cancellation) => SettleAsync(ParkedTable.Redrive, id, by, cancellation);

    /// <summary>Gives a parked message up; the row stays and says who did, and so does the ledger.</summary>
    public Task DiscardAsync(long id, Caller by, CancellationToken cancellation) => SettleAsync(ParkedTable.Discard, id, by, cancellation);

    private async Task SettleAsync(string sql, long id, Caller by, CancellationToken cancellation)
    {
        await using var command = _store.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = by.Organization.Text });
        command.Parameters.Add(new() { Value = by.Subject });
        if (await command.ExecuteNonQueryAsync(cancellation) > 0)
            await _store.TellRelaysAsync(cancellation);
    }

    /// <summary>The news for the encounter's timeline; none when the message names no encounter of this installation, or is such news itself, which the
    /// timeline could not take.</summary>
    private MessageParked? EventOf(ParkedRow row)
    {
        if (row.ErrorType == OtherInstallationException.Name || row.Type == WireNameAttribute.Of(typeof(MessageParked)) || ReceivedMessage.EncounterOf(row.Body) is not { } encounter)
            return null;
        return new MessageParked
        {
            EncounterId = encounter,
            At = _time.GetUtcNow(),
            MessageId = row.MessageId,
            MessageType = row.Type,
            Destination = row.Destination,
            Error = row.ErrorType,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} ({Type}) to {Destination} is parked (by {Source}: {Error}). See 'parked list' and docs/reliability.md.")]
    private static partial void LogParked(ILogger logger, Guid messageId, string type, string destination, string source, string error);
}
