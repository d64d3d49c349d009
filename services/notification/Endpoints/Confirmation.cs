using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>What becomes of an endpoint that was asked to repeat a challenge.</summary>
internal static class Confirmation
{
    /// <summary>It was repeated: notices are sent there from now on. False when the endpoint was changed meanwhile.</summary>
    public static async Task<bool> ConfirmAsync(this WebhookEndpoint endpoint, Request request, NotificationDb db, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var confirmed = await endpoint.AsRead(request.Caller, db).ExecuteUpdateAsync(row => row
            .SetProperty(e => e.ConfirmedAt, at)
            .SetProperty(e => e.ChallengeHash, (byte[]?)null)
            .SetProperty(e => e.State, e => e.State == EndpointStates.Testing ? EndpointStates.Enabled : e.State)
            .SetProperty(e => e.Version, e => e.Version + 1), cancellation);
        if (confirmed == 0)
            return false;
        request.Records(endpoint.Id);
        await request.CommitWithAsync(db, cancellation);
        return true;
    }

    /// <summary>It was not, or not yet: whoever has seen it can repeat it for a day.</summary>
    public static Task RememberAsync(this WebhookEndpoint endpoint, string challenge, Caller caller, NotificationDb db, DateTimeOffset at, CancellationToken cancellation) =>
        endpoint.AsRead(caller, db).ExecuteUpdateAsync(row => row.SetProperty(e => e.ChallengeHash, Challenge.HashOf(challenge)).SetProperty(e => e.ChallengedAt, at), cancellation);

    private static IQueryable<WebhookEndpoint> AsRead(this WebhookEndpoint endpoint, Caller caller, NotificationDb db)
    {
        var version = endpoint.Version;
        return db.Endpoints.Of(caller, endpoint.Id).Where(e => e.Version == version && e.ConfirmedAt == null);
    }
}
