using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Every minute: brings the endpoints' secrets under the version of the key-encryption key that wraps now. Any instance may do it.</summary>
internal sealed partial class SecretRewrapping(UnitStore store, Sealer sealer, TimeProvider time, ILogger<SecretRewrapping> log) : BackgroundService
{
    private sealed record Secret(Guid Endpoint, int Number, byte[] WrappedKey);

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
        foreach (var secret in await ReadAsync(cancellation))
        {
            if (await sealer.RewrapAsync(secret.WrappedKey, current, cancellation) is { } anew)
                await WriteAsync(secret, anew, cancellation);
        }
    }

    private async Task<IReadOnlyList<Secret>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand("select endpoint_id, number, wrapped_key from endpoint_secrets");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<Secret> secrets = [];
        while (await reader.ReadAsync(cancellation))
            secrets.Add(new(reader.GetGuid(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)));
        return secrets;
    }

    private async Task WriteAsync(Secret secret, byte[] anew, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand("update endpoint_secrets set wrapped_key = $1 where endpoint_id = $2 and number = $3 and wrapped_key = $4");
        foreach (var value in new object[] { anew, secret.Endpoint, secret.Number, secret.WrappedKey })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Endpoints' secrets are not wrapped anew for the moment: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
