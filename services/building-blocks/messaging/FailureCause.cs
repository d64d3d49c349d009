using System.Net.Sockets;
using Npgsql;
using SafeHarbor.Messaging.Keeping;

namespace SafeHarbor.Messaging;

/// <summary>Whose fault a failure is.</summary>
internal enum Cause
{
    /// <summary>The message's, or its handler's: trying again helps seldom.</summary>
    Message,
    /// <summary>Two transactions met: trying again at once helps.</summary>
    Race,
    /// <summary>The database's (away, read-only, full, not yet migrated, with other rights): every message would fail, and it has to be waited for.</summary>
    Installation,
}

internal static class FailureCause
{
    public static Cause Of(Exception exception) => exception switch
    {
        NotYetHereException => Cause.Race,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected } => Cause.Race,
        PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable } => Cause.Race,
        // Insufficient privilege, undefined table, undefined column.
        PostgresException { SqlState: "42501" or "42P01" or "42703" } => Cause.Installation,
        PostgresException e => e.SqlState[..2] is "21" or "22" or "23" or "42" ? Cause.Message : Cause.Installation,
        NpgsqlException or TimeoutException or SocketException or IOException => Cause.Installation,
        _ => exception.InnerException is { } inner ? Of(inner) : Cause.Message,
    };
}
