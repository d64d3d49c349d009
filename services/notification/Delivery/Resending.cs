using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Sends a notice again because its receiver asks for it, under the same webhook-ids.</summary>
internal sealed class Resending(UnitStore store, NoticeReader notices, DeliveryDecisions decisions, Wakeup wakeup)
{
    /// <summary>Makes the notice's deliveries to <paramref name="endpoints"/> due now.</summary>
    public async Task ResendAsync(Caller caller, Guid notice, IReadOnlyList<Guid> endpoints, CancellationToken cancellation)
    {
        while ((await notices.ReadAsync(Reader.Of(caller), [notice], cancellation)).TryGetValue(notice, out var reading))
        {
            var unit = new UnitOfWork();
            decisions.Resend(unit, reading.State, endpoints, reading.Now);
            unit.AfterCommit(wakeup.Ring);
            if (await store.CommitAsync(unit, cancellation) is null)
                return;
        }
    }
}
