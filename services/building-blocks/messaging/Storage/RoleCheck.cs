using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// Refuses to run with a role that row-level security and missing rights would not bind: one that owns the database or a table, or may become its
/// owner; a superuser; one with BYPASSRLS.
/// </summary>
/// <param name="database">Of the service's role.</param>
/// <param name="role">The connection string that names the role: <c>Database</c>.</param>
/// <param name="owner">The one that names the owner, for <c>migrate</c>: <c>Owner</c>.</param>
/// <param name="logger">Told when the database is away.</param>
public sealed partial class RoleCheck(NpgsqlDataSource database, string role, string owner, ILogger<RoleCheck> logger) : DatabaseCheck(database)
{
    private const string TooMuch = """
        select case
            when r.rolsuper then 'is a superuser'
            when r.rolbypassrls then 'has BYPASSRLS'
            when exists (select from pg_database d where d.datname = current_database() and pg_has_role(d.datdba, 'member')) then 'owns the database'
            when exists (select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and pg_has_role(c.relowner, 'member')) then 'owns tables'
        end
        from pg_roles r where r.rolname = current_user
        """;

    /// <inheritdoc/>
    protected override string Question => TooMuch;

    /// <inheritdoc/>
    protected override void Judge(object? answer)
    {
        if (answer is string tooMuch)
            throw new StartRefusedException($"The role of ConnectionStrings:{role} {tooMuch}, so nothing would bind it. Give the service a role of its own that "
                + $"owns nothing, run 'migrate' with the owner in ConnectionStrings__{owner}, which gives that role its rights, and start the service again.");
    }

    /// <inheritdoc/>
    protected override void LogAway() => LogAway(logger, role);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database of ConnectionStrings:{Role} cannot be asked what this service's role may do; it is asked as soon as it is there.")]
    private static partial void LogAway(ILogger logger, string role);
}
