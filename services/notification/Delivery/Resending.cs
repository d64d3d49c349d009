using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Sends a notice again because its receiver asks for it, under the same webhook-ids.</summary>
internal sealed class Resending(IServiceScopeFactory scopes, Store store, Outcome outcome, Wakeup wakeup)
{
    /// <summary>Makes the notice's deliveries to <paramref name="endpoints"/> due now.</summary>
    public async Task ResendAsync(Guid notice, IReadOnlyList<Guid> endpoints, CancellationToken cancellation)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
            var now = await db.NowAsync(cancellation);
            if (await db.StateAsync(notice, cancellation) is not { } state)
                return;
            var unit = new UnitOfWork();
            outcome.Resend(unit, state, endpoints, now);
            unit.AfterCommit(wakeup.Set);
            if (await store.CommitAsync(unit, cancellation) is null)
                return;
        }
    }
}
