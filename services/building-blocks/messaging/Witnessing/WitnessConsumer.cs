using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Witnesses;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Witnessing;

/// <summary>
/// Keeps where other ledgers end, under this service's own key, and says so when one contradicts what it has said before: it was cut off, written anew, or restored from a backup. Nothing is
/// refused for that: what is contradicted is what is to be kept.
/// </summary>
internal sealed partial class WitnessConsumer(Witness witness, ILogger<WitnessConsumer> logger) : IConsumer<LedgerCheckpointed>, IConsumer<NodeLedgerCheckpointed>
{
    public Task Consume(ConsumeContext<LedgerCheckpointed> context) => KeepAsync(context, context.Message.Checkpoint, context.Message.Witnessed);

    public Task Consume(ConsumeContext<NodeLedgerCheckpointed> context) => Node.IsService(context.Message.Checkpoint.Ledger)
        ? KeepAsync(context, context.Message.Checkpoint, context.Message.Witnessed)
        : throw new InvalidOperationException("A node has told of a ledger that is no node's.");

    private Task KeepAsync(ConsumeContext context, LedgerCheckpoint said, IReadOnlyList<WitnessedLedger> witnessed)
    {
        if (said.Ledger != witness.Ledger)
            context.UnitOfWork().Read(connection => DecideAsync(context.UnitOfWork(), connection, new(said.Ledger, said.Position, said.Hash, said.At, said.KeyId, said.Signature),
                witnessed.FirstOrDefault(w => w.Ledger == witness.Ledger)?.At, context.CancellationToken));
        return Task.CompletedTask;
    }

    private async Task DecideAsync(UnitOfWork unit, NpgsqlConnection connection, SignedCheckpoint said, DateTimeOffset? confirmed, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand(HeardLedger.SelectOne, connection) { Parameters = { new() { Value = said.Ledger } } };
        await using var row = await select.ExecuteReaderAsync(cancellation);
        var before = (await HeardLedger.ReadAsync(row, cancellation)).SingleOrDefault();
        // What is told again is kept already.
        if (before is null || (before.Position, Convert.ToHexStringLower(before.Hash)) != (said.Position, said.Hash))
            unit.AddOnce(witness.Keep(said));
        // What was under way for long says nothing new.
        if (before is not null && said.At <= before.At)
            return;
        unit.Put(witness.Hear(said, confirmed ?? before?.ConfirmedAt));
        if (before is null || witness.Compare(before, said) is not { } contradiction)
            return;
        unit.AddOnce(contradiction);
        unit.AfterCommit(() => LogContradicted(logger, said.Ledger, said.Position, before.Position, before.At));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger of {Ledger} ends at position {Position}, as it says; it had ended at {Before}, as it said at {BeforeAt:O}. It was cut off or written anew: "
        + "run 'ledger verify', and see docs/ledger.md.")]
    private static partial void LogContradicted(ILogger logger, string ledger, long position, long before, DateTimeOffset beforeAt);
}
