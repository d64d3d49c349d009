using System.Data.Common;
using Npgsql;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Tells a database that is away for a moment from a mistake of ours.</summary>
internal static class Outage
{
    /// <summary>However deep it is wrapped: EF hides a transient failure in an <see cref="InvalidOperationException"/>.</summary>
    public static bool Is(Exception? failure) => failure switch
    {
        null => false,
        // What a server that shuts down says on open connections; Npgsql need not count it as transient.
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        DbException { IsTransient: true } or TimeoutException or IOException => true,
        _ => Is(failure.InnerException),
    };
}
