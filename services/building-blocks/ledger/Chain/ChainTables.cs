using Npgsql;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.Ledger.Chain;

/// <summary>What the chainer writes.</summary>
internal static class ChainTables
{
    public static NpgsqlBatchCommand Add(IReadOnlyList<Link> links) =>
        new("insert into ledger_links (position, entry_id, hash) select * from unnest($1::bigint[], $2::bigint[], $3::bytea[])")
        {
            Parameters =
            {
                new() { Value = links.Select(l => l.Position).ToArray() },
                new() { Value = links.Select(l => l.EntryId).ToArray() },
                new() { Value = links.Select(l => l.Hash).ToArray() },
            },
        };

    public static NpgsqlBatchCommand Forget(IReadOnlyList<Link> links) =>
        new("delete from ledger_unlinked where entry_id = any($1)") { Parameters = { new() { Value = links.Select(l => l.EntryId).ToArray() } } };

    public static NpgsqlBatchCommand Add(SignedCheckpoint checkpoint) =>
        new("insert into ledger_checkpoints (position, hash, at, key_id, signature) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = checkpoint.Position },
                new() { Value = Convert.FromHexString(checkpoint.Hash) },
                new() { Value = checkpoint.At },
                new() { Value = checkpoint.KeyId },
                new() { Value = Convert.FromBase64String(checkpoint.Signature) },
            },
        };
}
