using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Delivery;

/// <summary>One attempt. No transaction is open while the endpoint is asked.</summary>
internal sealed partial class Attempt(UnitStore store, WebhookClient client, ILogger<Attempt> log)
{
    private const string Close = $"""
        update endpoints set state = '{EndpointStates.Disabled}', reason = '{UndeliverableReasons.Gone}', version = version + 1 where id = $1 and version = $2
        """;

    public async Task<AttemptResult> MakeAsync(ClaimedDelivery claimed, CancellationToken cancellation)
    {
        var (delivery, to) = (claimed.Delivery, claimed.Endpoint);
        var result = to.State == EndpointStates.Enabled
            ? await client.SendAsync(to.Signing, delivery.Id, CloudEvent.Of(claimed.Notice), cancellation)
            : AttemptResult.NotMade;
        if (!result.IsDelivered)
            LogFailed(log, delivery.Id, delivery.EndpointId, result.Status, result.Error);
        if (result.Status == StatusCodes.Status410Gone)
            await CloseAsync(delivery.EndpointId, to.Version, cancellation);
        return result;
    }

    /// <summary>Before the outcome, so that a crash in between repeats it; not when its owner has changed it meanwhile.</summary>
    private async Task CloseAsync(Guid endpoint, int version, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(Close);
        command.Parameters.Add(new() { Value = endpoint });
        command.Parameters.Add(new() { Value = version });
        await command.ExecuteNonQueryAsync(cancellation);
        LogGone(log, endpoint);
    }

    [LoggerMessage(LogLevel.Warning, "Delivery {Delivery} to endpoint {Endpoint} failed: {Status} {Error}")]
    private static partial void LogFailed(ILogger log, Guid delivery, Guid endpoint, int? status, string? error);

    [LoggerMessage(LogLevel.Warning, "Endpoint {Endpoint} answered 410 and is disabled; its owner can enable it again.")]
    private static partial void LogGone(ILogger log, Guid endpoint);
}
