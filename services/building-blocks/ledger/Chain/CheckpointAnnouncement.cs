using Npgsql;
using SafeHarbor.Ledger.Witnesses;

namespace SafeHarbor.Ledger.Chain;

/// <summary>How a service tells others of a checkpoint: what it adds to the checkpoint's transaction, and what it does after that.</summary>
/// <param name="InTransaction">The statement, of the checkpoint and of the ledgers that this one is the witness of.</param>
/// <param name="AfterCommit">Wakes whoever sends it.</param>
public sealed record CheckpointAnnouncement(Func<SignedCheckpoint, IReadOnlyList<HeardLedger>, NpgsqlBatchCommand> InTransaction, Func<CancellationToken, Task> AfterCommit);
