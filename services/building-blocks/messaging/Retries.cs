using System.Net.Sockets;
using MassTransit;
using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging;

/// <summary>
/// How often a message is tried before it is set aside in its <c>_error</c> queue. What is the installation's fault (a database that is away, read-only,
/// not yet migrated, with other rights) is waited for, for more than an hour, because setting aside would empty whole queues and lose the timers among
/// them; a handler that throws, or data that does not fit, is tried a few times.
/// </summary>
internal static class Retries
{
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(1000, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(300));
            retry.Handle<Exception>(e => CauseOf(e) == Cause.Installation);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(10, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100));
            retry.Handle<Exception>(e => CauseOf(e) == Cause.Race);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2000);
            retry.Handle<Exception>(e => CauseOf(e) == Cause.Message);
        });
    }

    internal enum Cause { Message, Race, Installation }

    /// <summary>Whose fault an exception is.</summary>
    internal static Cause CauseOf(Exception exception) => exception switch
    {
        RowConflictException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => Cause.Race,
        PostgresException { SqlState: "42501" or "42P01" or "42703" } => Cause.Installation,
        PostgresException e => e.SqlState[..2] is "21" or "22" or "23" or "42" ? Cause.Message : Cause.Installation,
        NpgsqlException or TimeoutException or SocketException or IOException => Cause.Installation,
        _ => exception.InnerException is { } inner ? CauseOf(inner) : Cause.Message,
    };
}
