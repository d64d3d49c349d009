using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.Ledger.Chain;

/// <summary>
/// The chain's hash: SHA-256 of the hash before and the entry in its canonical form, version 1 (docs/ledger.md). The form is complete and its parts
/// carry their lengths, so that two different entries never have the same bytes. It never changes; another one gets another version.
/// </summary>
internal sealed class ChainHash
{
    public const int Size = SHA256.HashSizeInBytes;
    private const byte Version = 1;
    private const int Null = -1;

    /// <summary>What stands before the first link.</summary>
    public static readonly byte[] Beginning = new byte[Size];

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>The hash of an entry that follows <paramref name="before"/>.</summary>
    public byte[] Of(ReadOnlySpan<byte> before, LedgerEntry entry)
    {
        _bytes.ResetWrittenCount();
        _bytes.Write(before);
        Write(entry);
        return SHA256.HashData(_bytes.WrittenSpan);
    }

    /// <summary>The canonical form alone.</summary>
    public byte[] CanonicalForm(LedgerEntry entry)
    {
        _bytes.ResetWrittenCount();
        Write(entry);
        return _bytes.WrittenSpan.ToArray();
    }

    private void Write(LedgerEntry entry)
    {
        _bytes.Write([Version]);
        Number(entry.EntryId);
        Number((entry.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Text(entry.Action);
        Text(entry.Organization);
        Text(entry.Subject);
        Id(entry.ReportId);
        Text(entry.About);
        Text(entry.Tier);
        Id(entry.GrantId);
        Length(1);
        _bytes.Write([entry.ReporterIdentity ? (byte)1 : (byte)0]);
        Text(entry.Purpose);
        Text(entry.Facts);
    }

    private void Number(long value)
    {
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    private void Text(string? value)
    {
        if (value is null)
        {
            Length(Null);
            return;
        }
        Length(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    private void Id(Guid? value)
    {
        if (value is null)
        {
            Length(Null);
            return;
        }
        Length(16);
        value.Value.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out _);
        _bytes.Advance(16);
    }

    private void Length(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
    }
}
