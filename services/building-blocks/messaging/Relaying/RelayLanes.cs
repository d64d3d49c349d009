using Npgsql;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Divides the outbox among the instances of a service. Messages with the same key are in the same lane, a lane belongs to one instance, and each
/// instance takes its share of the lanes. Lanes are advisory locks of the relay's database session: when an instance dies its lanes are free.
/// </summary>
internal sealed class RelayLanes(NpgsqlConnection connection)
{
    public const int Count = 16;
    private const int Members = 0x5AFE_0001;
    private const int Lane = 0x5AFE_0002;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly HashSet<int> _held = [];
    private long _balanced;

    /// <summary>The lanes of this instance.</summary>
    public int[] Held => [.. _held];

    public bool HasAll => _held.Count == Count;

    /// <summary>The condition that selects the rows of the lanes in the array parameter <c>$2</c>.</summary>
    public static string Condition { get; } = $"(uuid_hash(ordering_key) & {Count - 1}) = any($2)";

    /// <summary>Makes this instance count.</summary>
    public async Task JoinAsync(CancellationToken cancellation) => await ScalarAsync($"select pg_advisory_lock_shared({Members}, 0)::text", cancellation);

    /// <summary>Two seconds have passed since the last time.</summary>
    public bool AreToBeBalanced => UntilBalance == TimeSpan.Zero;

    /// <summary>How long until they are to be balanced: until then nobody sends what is in a lane that another instance has given up.</summary>
    public TimeSpan UntilBalance => _balanced == 0 || Interval - TimeProvider.System.GetElapsedTime(_balanced) is not { Ticks: > 0 } left ? TimeSpan.Zero : left;

    /// <summary>Gives up lanes beyond this instance's share and takes free ones up to it. Call it with nothing under way.</summary>
    public async Task BalanceAsync(CancellationToken cancellation)
    {
        _balanced = TimeProvider.System.GetTimestamp();
        var members = (int)(long)(await ScalarAsync($"""
            select count(*) from pg_locks
            where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
              and classid = {Members} and objid = 0 and objsubid = 2 and granted
            """, cancellation))!;
        var share = (Count + members - 1) / Math.Max(1, members);
        foreach (var lane in _held.Skip(share).ToArray())
        {
            await ScalarAsync($"select pg_advisory_unlock({Lane}, {lane})", cancellation);
            _held.Remove(lane);
        }
        for (var lane = 0; lane < Count && _held.Count < share; lane++)
            if (!_held.Contains(lane) && (bool)(await ScalarAsync($"select pg_try_advisory_lock({Lane}, {lane})", cancellation))!)
                _held.Add(lane);
    }

    private async Task<object?> ScalarAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
