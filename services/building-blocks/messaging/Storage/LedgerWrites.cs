using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Storage;

/// <summary>Writes to the ledger for requests that change nothing else.</summary>
public static class LedgerWrites
{
    /// <summary>
    /// Commits an entry, together with whatever other requests commit at the moment. Whoever answers a read awaits it first: no answer is given whose entry
    /// could be lost.
    /// </summary>
    public static async Task RecordAsync(this UnitStore store, LedgerEntry entry, CancellationToken cancellation)
    {
        var unit = new UnitOfWork();
        unit.Add(entry);
        if (await store.CommitAsync(unit, cancellation) is { } constraint)
            throw new InvalidOperationException($"An entry of the ledger met the constraint {constraint}, and it can meet none.");
    }
}
