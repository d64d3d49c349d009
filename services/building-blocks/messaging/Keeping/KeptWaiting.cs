using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>Counts the sagas that are kept here and wait for somebody.</summary>
/// <param name="table">The sagas' table.</param>
/// <param name="condition">Which of them wait, in SQL.</param>
internal sealed class KeptWaiting(Func<UnitStore, Table> table, string condition)
{
    public async Task<int> CountAsync(UnitStore store, IReadOnlyList<Organization> of, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand($"{table(store).CountKept} and {condition}");
        command.Parameters.Add(new() { Value = of.Select(o => o.Text).ToArray() });
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
