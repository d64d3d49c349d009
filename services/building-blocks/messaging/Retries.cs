using System.Net.Sockets;
using MassTransit;
using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging;

/// <summary>
/// How often a message is tried before it is set aside in its <c>_error</c> queue: for more than five minutes when the database is away, which is
/// nobody's fault, and a few times when the handler itself throws.
/// </summary>
internal static class Retries
{
    public static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.UseMessageRetry(retry =>
        {
            retry.Exponential(70, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(300));
            retry.Handle<Exception>(IsPassing);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(100, 500, 2000);
            retry.Handle<Exception>(e => !IsPassing(e));
        });
    }

    /// <summary>Whether trying again later can help without anybody changing the program.</summary>
    internal static bool IsPassing(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        NpgsqlException e => e.IsTransient || e is not PostgresException,
        RowConflictException or TimeoutException or SocketException or IOException => true,
        _ => exception.InnerException is { } inner && IsPassing(inner),
    };
}
