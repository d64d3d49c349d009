using Npgsql;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// The four kinds of sessions that a service has at its database. Nothing in a session is changed but by the relay, whose connection is its own: so
/// none is reset when it goes back to the pool, which would cost as much as a query.
/// </summary>
internal sealed class Sessions(string database, string service)
{
    // A host that vanishes without a word keeps its row locks, and the relay's lock, until the server notices: within half a minute, not two hours.
    private const string Limits =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 -c idle_in_transaction_session_timeout=30000 -c jit=off";

    // Every statement of the hot path finds its rows by an index, whatever the statistics say of a new table or of an array's length, and is planned once.
    // No bitmaps: they do not mark what they find dead, so that the next read of a table through which rows pass finds it again.
    private const string PinnedPlans =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    // One saga whose lock somebody keeps, an instance that vanished for example, holds up its own messages and not those of its whole group.
    private const string ShortWaits = "-c lock_timeout=2000";

    private readonly NpgsqlConnectionStringBuilder _all = With(
        new(database) { ApplicationName = service, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, CommandTimeout = 10, Timeout = 5, NoResetOnClose = true }, Limits);

    /// <summary>EF Core's, for requests: nobody's, until a statement says whose it is.</summary>
    public NpgsqlDataSource OfRequests() => NpgsqlDataSource.Create(_all.ConnectionString);

    /// <summary>The service's own, for what it keeps in memory.</summary>
    public NpgsqlDataSource OfService() => NpgsqlDataSource.Create(With(_all, Reader.SessionOfService).ConnectionString);

    /// <summary>The store's: the service's own work, and, announced, what requests read by an index.</summary>
    public NpgsqlDataSource OfStore()
    {
        var own = With(_all, $"{Reader.SessionOfService} {PinnedPlans} {ShortWaits}");
        own.MaxPoolSize = 30;
        return NpgsqlDataSource.Create(own.ConnectionString);
    }

    /// <summary>
    /// The relay's. Not pooled, because a pooled connection would keep the relay's locks after it was given back. What the relay commits (deletions of
    /// what has been sent) may be lost in a crash: it is then sent and deleted again, and receivers drop it.
    /// </summary>
    public string OfRelay()
    {
        var own = With(_all, $"{Reader.SessionOfService} {PinnedPlans} -c synchronous_commit=off");
        (own.Pooling, own.ApplicationName, own.KeepAlive) = (false, $"{service} relay", 10);
        return own.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder With(NpgsqlConnectionStringBuilder connection, string options) =>
        new(connection.ConnectionString) { Options = $"{connection.Options} {options}".Trim() };
}
