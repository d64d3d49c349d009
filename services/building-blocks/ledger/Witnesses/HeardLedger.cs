using Npgsql;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>What another ledger said last of itself, and until when it has heard of this one.</summary>
public sealed class HeardLedger
{
    private const string Columns = "select ledger, position, hash, at, key_id, signature, heard_at, confirmed_at from ledger_heard";

    internal const string Select = Columns;

    /// <summary>One of them, <c>$1</c>.</summary>
    public const string SelectOne = $"{Columns} where ledger = $1";

    /// <summary>Whose ledger: a service's name, or <c>node-NAME</c>.</summary>
    public string Ledger { get; set; } = "";
    /// <summary>How many entries its chain had.</summary>
    public long Position { get; set; }
    /// <summary>The last hash.</summary>
    public byte[] Hash { get; set; } = [];
    /// <summary>When it signed that.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>Which key signed it.</summary>
    public string KeyId { get; set; } = "";
    /// <summary>The signature, r and s.</summary>
    public byte[] Signature { get; set; } = [];
    /// <summary>When this service heard it.</summary>
    public DateTimeOffset HeardAt { get; set; }
    /// <summary>The whole minute until which it has heard of this ledger; null when it never has.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    internal SignedCheckpoint Checkpoint => new(Ledger, Position, Convert.ToHexStringLower(Hash), At, KeyId, Convert.ToBase64String(Signature));

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
