using Microsoft.EntityFrameworkCore;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Makes the deliveries of new notices.</summary>
internal sealed class Addressing(IServiceScopeFactory scopes, Store store, Outcome outcome)
{
    private const int Batch = 100;

    /// <summary>Addresses what was asked for first; there may be more. When another instance was first, nothing is written.</summary>
    public async Task AddressAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var notices = await db.Notices.Where(n => n.State == NoticeStates.Requested).OrderBy(n => n.RequestedAt).Take(Batch).ToListAsync(cancellation);
        var now = await db.NowAsync(cancellation);
        var unit = new UnitOfWork();
        foreach (var ofOne in notices.GroupBy(n => n.Organisation))
        {
            var number = await db.Notices.Where(n => n.Organisation == ofOne.Key).MaxAsync(n => n.Number, cancellation) ?? 0;
            var endpoints = await db.Endpoints.Where(e => e.Organisation == ofOne.Key && e.State == EndpointStates.Enabled)
                .Select(e => e.Id).ToListAsync(cancellation);
            foreach (var notice in ofOne)
                outcome.Address(unit, notice, ++number, endpoints, now);
        }
        await store.CommitAsync(unit, cancellation);
    }
}
