using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Witnesses;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Witnessing;

/// <summary>Where the ledger ends is told to the other services as a message, in the transaction that signs it.</summary>
internal static class WitnessingRegistration
{
    public static void AddWitnessing(this IServiceCollection services, bool isNode) => services.AddSingleton(provider =>
    {
        var store = provider.GetRequiredService<UnitStore>();
        return new CheckpointAnnouncement((checkpoint, heard) => Statement(store, checkpoint, heard, isNode), store.TellRelaysAsync);
    });

    private static NpgsqlBatchCommand Statement(UnitStore store, SignedCheckpoint checkpoint, IReadOnlyList<HeardLedger> heard, bool isNode)
    {
        var unit = new UnitOfWork();
        var said = new LedgerCheckpoint
        {
            Ledger = checkpoint.Ledger,
            Position = checkpoint.Position,
            Hash = checkpoint.Hash,
            At = checkpoint.At,
            KeyId = checkpoint.KeyId,
            Signature = checkpoint.Signature,
        };
        IReadOnlyList<WitnessedLedger> witnessed = [.. heard.Select(h => new WitnessedLedger { Ledger = h.Ledger, At = WholeMinute(h.At) })];
        if (isNode)
            unit.Publish(new NodeLedgerCheckpointed { Checkpoint = said, Witnessed = witnessed });
        else
            unit.Publish(new LedgerCheckpointed { Checkpoint = said, Witnessed = witnessed });
        return store.TableOf<OutboxRow>().Statement(RowChange.Insert, [unit.Writes.Single().Row]);
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
}
