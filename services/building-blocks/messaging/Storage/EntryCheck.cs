using Microsoft.Extensions.Logging;
using Npgsql;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// Says which other databases of its server a service's role may enter: none, where the server was set up as <c>deploy/postgres</c> does it. PostgreSQL opens <c>postgres</c> and
/// <c>template1</c> to everybody, so a service runs all the same, and its operator is told what to revoke.
/// </summary>
/// <param name="database">Of the service's role.</param>
/// <param name="role">The connection string that names the role: <c>Database</c>.</param>
/// <param name="logger">Told what it may enter.</param>
public sealed partial class EntryCheck(NpgsqlDataSource database, string role, ILogger<EntryCheck> logger) : DatabaseCheck(database)
{
    /// <inheritdoc/>
    protected override string Question => """
        select string_agg(quote_ident(d.datname), ', ' order by d.datname) from pg_database d
        where d.datallowconn and d.datname <> current_database() and has_database_privilege(d.oid, 'CONNECT')
        """;

    /// <inheritdoc/>
    protected override void Judge(object? answer)
    {
        if (answer is string others)
            LogMayEnter(logger, role, others);
    }

    /// <summary>Nothing: whoever asks first what the role may do says it.</summary>
    protected override void LogAway()
    {
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The role of ConnectionStrings:{Role} may enter other databases of its server: {Others}. Run REVOKE CONNECT ON DATABASE {Others} FROM PUBLIC as the server's administrator.")]
    private static partial void LogMayEnter(ILogger logger, string role, string others);
}
