using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Every minute: brings the endpoints' secrets and addresses under the version of the key-encryption key that wraps now. Any instance may do it.</summary>
internal sealed partial class SecretRewrapping(UnitStore store, Sealer sealer, TimeProvider time, ILogger<SecretRewrapping> log) : BackgroundService
{
    // What is read is the endpoint, a number, the wrapped key; what is written, the new key, these two and the old one.
    private static readonly (string Read, string Write)[] Kept =
    [
        ("select endpoint_id, number, wrapped_key from endpoint_secrets", "update endpoint_secrets set wrapped_key = $1 where endpoint_id = $2 and number = $3 and wrapped_key = $4"),
        ("select id, 0, url_wrapped_key from endpoints", "update endpoints set url_wrapped_key = $1 where id = $2 and 0 = $3 and url_wrapped_key = $4"),
    ];

    private sealed record Sealed(Guid Endpoint, int Number, byte[] WrappedKey);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e is KeysUnavailableException or SealBrokenException ? e.Message : e.GetType().Name);
            }
        }
    }

    internal async Task RunAsync(CancellationToken cancellation)
    {
        var current = await sealer.CurrentAsync(cancellation);
        foreach (var (read, write) in Kept)
            foreach (var one in await ReadAsync(read, cancellation))
                if (await sealer.RewrapAsync(one.WrappedKey, current, cancellation) is { } anew)
                    await WriteAsync(write, one, anew, cancellation);
    }

    private async Task<IReadOnlyList<Sealed>> ReadAsync(string sql, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Sealed> found = [];
        while (await reader.ReadAsync(cancellation))
            found.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        return found;
    }

    private async Task WriteAsync(string sql, Sealed one, byte[] anew, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(sql);
        foreach (var value in new object[] { anew, one.Endpoint, one.Number, one.WrappedKey })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoints' secrets and addresses are not wrapped anew for the moment: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
