using Microsoft.EntityFrameworkCore;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>One attempt from claim to outcome. No transaction is open while the endpoint is asked.</summary>
internal sealed partial class Attempt(IServiceScopeFactory scopes, Store store, WebhookClient client, Outcome outcome, Links links, TimeProvider time,
    ILogger<Attempt> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private const int OutcomeTries = 10;

    public async Task RunAsync(NoticeDelivery claimed, CancellationToken cancellation)
    {
        var (result, version) = await MakeAsync(claimed, cancellation);
        if (!result.IsDelivered)
            LogFailed(log, claimed.Id, claimed.EndpointId, result.Status, result.Error);
        await ConcludeAsync(claimed, result, version, cancellation);
    }

    /// <summary>What came of it, and the version of the endpoint that was asked.</summary>
    private async Task<(AttemptResult Result, int Version)> MakeAsync(NoticeDelivery claimed, CancellationToken cancellation)
    {
        SigningEndpoint? to;
        Notice notice;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
            to = await db.SigningEndpointAsync(claimed.EndpointId, time.GetUtcNow(), cancellation);
            notice = await db.Notices.SingleAsync(n => n.Id == claimed.NoticeId, cancellation);
        }
        if (to is not { Endpoint.State: EndpointStates.Enabled })
            return (AttemptResult.NotMade, to?.Endpoint.Version ?? 0);
        var result = await client.SendAsync(to.Endpoint.Url, claimed.Id, CloudEvent.Of(notice, links), to.Secrets, cancellation);
        if (result.Status == StatusCodes.Status410Gone)
            await CloseAsync(to.Endpoint, cancellation);
        return (result, to.Endpoint.Version);
    }

    /// <summary>Before the outcome, so that a crash in between repeats it; not when its owner has changed it meanwhile.</summary>
    private async Task CloseAsync(WebhookEndpoint endpoint, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationDb>().Endpoints
            .Where(e => e.Id == endpoint.Id && e.Version == endpoint.Version)
            .ExecuteUpdateAsync(row => row
                .SetProperty(e => e.State, EndpointStates.Disabled).SetProperty(e => e.Reason, Reasons.Gone).SetProperty(e => e.Version, e => e.Version + 1),
                cancellation);
        LogGone(log, endpoint.Id);
    }

    private async Task ConcludeAsync(NoticeDelivery claimed, AttemptResult result, int version, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await TryConcludeAsync(claimed, result, version, cancellation))
                    return;
            }
            catch (Exception e) when (Outage.Is(e) && tries < OutcomeTries)
            {
                // What the endpoint took should not be sent again only because the database is away for a moment.
                LogNotRecorded(log, claimed.Id, e.GetBaseException().GetType().Name);
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    /// <summary>False when somebody else decided about the notice meanwhile: decide again.</summary>
    private async Task<bool> TryConcludeAsync(NoticeDelivery claimed, AttemptResult result, int version, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var now = await db.NowAsync(cancellation);
        var state = await db.StateAsync(claimed.NoticeId, cancellation)
            ?? throw new InvalidOperationException($"Notice {claimed.NoticeId} is gone while it was delivered.");
        // Disabling what is gone is a change too, but ours.
        var changed = !result.IsDelivered && await db.Endpoints.AnyAsync(
            e => e.Id == claimed.EndpointId && e.Version != version && (!result.IsGone || e.State == EndpointStates.Enabled), cancellation);
        var unit = new UnitOfWork();
        outcome.Record(unit, state, claimed, result, now, changed);
        return await store.CommitAsync(unit, cancellation) is null;
    }

    [LoggerMessage(LogLevel.Warning, "Delivery {Delivery} to endpoint {Endpoint} failed: {Status} {Error}")]
    private static partial void LogFailed(ILogger log, Guid delivery, Guid endpoint, int? status, string? error);

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Delivery} cannot be recorded yet ({Error}); it is tried again.")]
    private static partial void LogNotRecorded(ILogger log, Guid delivery, string error);

    [LoggerMessage(LogLevel.Warning, "Endpoint {Endpoint} answered 410 and is disabled; its owner can enable it again.")]
    private static partial void LogGone(ILogger log, Guid endpoint);
}
