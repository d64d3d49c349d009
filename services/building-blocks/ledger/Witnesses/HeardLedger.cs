using Npgsql;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>What another ledger said last of itself, and until when it has heard of this one.</summary>
public sealed class HeardLedger : SaidCheckpoint
{
    internal const string Select = "select ledger, position, hash, at, key_id, signature, heard_at, confirmed_at from ledger_heard";

    /// <summary>One of them, <c>$1</c>.</summary>
    public const string SelectOne = $"{Select} where ledger = $1";

    /// <summary>When this service heard it.</summary>
    public DateTimeOffset HeardAt { get; set; }
    /// <summary>The whole minute until which it has heard of this ledger; null when it never has.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>The rows that a reader is at.</summary>
    public static async Task<IReadOnlyList<HeardLedger>> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var all = new List<HeardLedger>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(new()
            {
                Ledger = row.GetString(0),
                Position = row.GetInt64(1),
                Hash = row.GetFieldValue<byte[]>(2),
                At = row.GetFieldValue<DateTimeOffset>(3),
                KeyId = row.GetString(4),
                Signature = row.GetFieldValue<byte[]>(5),
                HeardAt = row.GetFieldValue<DateTimeOffset>(6),
                ConfirmedAt = row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
            });
        }
        return all;
    }
}
