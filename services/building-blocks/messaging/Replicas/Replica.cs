using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Replicas;

/// <summary>A table of reference data in the memory of every instance, as it was when it was last read, so that handlers use it without I/O.</summary>
public abstract class Replica
{
    private protected Replica(string table, string columns) => (Table, Select) = (table, $"select {columns} from {table}");

    /// <summary>Whether it has been read once.</summary>
    public abstract bool IsLoaded { get; }

    /// <summary>Fictional rows for development, by their columns' names; with <c>SafeHarbor:SampleData</c> those that are missing are added.</summary>
    public virtual IEnumerable<object> Samples => [];

    internal string Table { get; }
    internal string Select { get; }

    /// <summary>Puts what the rows say in force, and returns the keys of those that cannot be used.</summary>
    internal abstract Task<IReadOnlyList<string>> LoadAsync(DbDataReader rows, CancellationToken cancellation);
}

/// <summary>
/// A replica by the keys of its table. Derive once per table, add it with <see cref="ReplicaRegistration.AddReplica"/>, and give the table the trigger
/// <c>tell_replicas()</c>, so that a change reaches every instance when it commits.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="columns">What is read of it, the key first.</param>
public abstract class Replica<T>(string table, string columns) : Replica(table, columns) where T : class
{
    private volatile ImmutableDictionary<string, T>? _rows;

    /// <inheritdoc/>
    public override bool IsLoaded => _rows is not null;

    /// <summary>All that is in force. Throws <see cref="TimeoutException"/>, which is tried again, until the table has been read: nothing is decided by an empty one.</summary>
    protected ImmutableDictionary<string, T> Rows => _rows ?? throw new TimeoutException($"The table {Table} has not been read yet.");

    /// <summary>
    /// Puts rows in force in place of all before. One that cannot be used (null when it could not be read) is refused, and what its key had before stays in force.
    /// </summary>
    /// <returns>The keys of what was refused.</returns>
    public IReadOnlyList<string> Load(IEnumerable<(string Key, T? Row)> rows)
    {
        var before = _rows ?? ImmutableDictionary<string, T>.Empty;
        var loaded = ImmutableDictionary.CreateBuilder<string, T>();
        List<string> refused = [];
        foreach (var (key, row) in rows)
        {
            if (row is not null && CanBeUsed(key, row))
            {
                loaded[key] = row;
                continue;
            }
            refused.Add(key);
            if (before.TryGetValue(key, out var last))
                loaded[key] = last;
        }
        _rows = loaded.ToImmutable();
        InForce();
        return refused;
    }

    /// <summary>What a row says; null, or an exception of JSON, when it says nothing that makes sense.</summary>
    protected abstract T? Read(DbDataReader row);

    /// <summary>Whether it may get into force.</summary>
    protected virtual bool CanBeUsed(string key, T row) => true;

    /// <summary>The table was read, and what it says is in force: mostly the same as before.</summary>
    protected virtual void InForce()
    {
    }

    /// <summary>A column's JSON.</summary>
    protected static TJson? Json<TJson>(DbDataReader row, int column) => JsonSerializer.Deserialize<TJson>(row.GetString(column), WireFormat.Json);

    internal override async Task<IReadOnlyList<string>> LoadAsync(DbDataReader rows, CancellationToken cancellation)
    {
        List<(string, T?)> read = [];
        while (await rows.ReadAsync(cancellation))
            read.Add((rows.GetString(0), ReadOrNull(rows)));
        return Load(read);
    }

    private T? ReadOrNull(DbDataReader row)
    {
        try
        {
            return Read(row);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidCastException or NotSupportedException)
        {
            return null;
        }
    }
}
