using System.Security.Cryptography;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Verification;

/// <summary>
/// Follows the chain link by link and recomputes it. It goes on from the hash that is stored, so that one change is one finding; what a false link
/// means is known when the next one has been seen: that one follows either from what is stored or from what was computed.
/// </summary>
internal sealed class ChainWalk(Findings findings)
{
    private const int MostCompared = 1000;

    private readonly ChainHash _hash = new();
    private readonly List<Mismatch> _changed = [];
    private Mismatch? _open;
    private bool _afterGap;

    /// <summary>Where it has come to.</summary>
    public long Position { get; private set; }

    /// <summary>The stored hash there.</summary>
    public byte[] Hash { get; private set; } = ChainHash.Beginning;

    /// <param name="position">Of the link.</param>
    /// <param name="entryId">The entry that it names.</param>
    /// <param name="stored">Its hash.</param>
    /// <param name="entry">The entry; null when it is gone.</param>
    public void Take(long position, long entryId, byte[] stored, LedgerEntry? entry)
    {
        _afterGap = position > Position + 1;
        if (_afterGap)
        {
            Settle(storedHolds: true);
            findings.Add(FindingKind.RemovedLink, null, Position + 1, position - Position == 2 ? $"Link {Position + 1} was removed." : $"Links {Position + 1} to {position - 1} were removed.");
        }
        if (entry is null)
        {
            findings.Add(FindingKind.RemovedEntry, entryId, position, $"Entry {entryId}, at position {position}, was removed.");
            Settle(storedHolds: true);
        }
        else
        {
            Compare(position, stored, entry);
        }
        (Position, Hash) = (position, stored);
    }

    /// <summary>Call after the last link.</summary>
    public void End()
    {
        Settle(storedHolds: true);
        foreach (var changed in _changed)
        {
            var other = _changed.Count <= MostCompared ? _changed.FirstOrDefault(o => o != changed && IsHash(_hash.Of(changed.Before, o.Entry), changed.Stored)) : null;
            if (other is null)
                findings.Add(FindingKind.ChangedEntry, changed.Entry.EntryId, changed.Position, $"Entry {changed.Entry.EntryId}, at position {changed.Position}, was changed, or what stood before it was removed.");
            else
                findings.Add(FindingKind.ReorderedEntry, other.Entry.EntryId, changed.Position, $"Entry {other.Entry.EntryId} was moved: its place is position {changed.Position}, where entry {changed.Entry.EntryId} stands.");
        }
    }

    private void Compare(long position, byte[] stored, LedgerEntry entry)
    {
        if (_hash.Of(Hash, entry) is var computed && IsHash(computed, stored))
        {
            Settle(storedHolds: true);
            return;
        }
        // After a gap nobody knows what the entry followed.
        if (_afterGap)
            return;
        var followsComputed = _open is not null && IsHash(_hash.Of(_open.Computed, entry), stored);
        Settle(storedHolds: !followsComputed);
        if (!followsComputed)
            _open = new(position, entry, Hash, stored, computed);
    }

    private void Settle(bool storedHolds)
    {
        if (_open is { } open && storedHolds)
            _changed.Add(open);
        else if (_open is { } link)
            findings.Add(FindingKind.ChangedLink, link.Entry.EntryId, link.Position, $"The hash of link {link.Position}, of entry {link.Entry.EntryId}, was changed.");
        _open = null;
    }

    private sealed record Mismatch(long Position, LedgerEntry Entry, byte[] Before, byte[] Stored, byte[] Computed);

    private static bool IsHash(byte[] computed, byte[] stored) => CryptographicOperations.FixedTimeEquals(computed, stored);
}
