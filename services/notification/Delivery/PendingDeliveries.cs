using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Delivery;

/// <summary>What is still to be delivered to an endpoint.</summary>
internal sealed class PendingDeliveries(UnitStore store, Wakeup wakeup)
{
    private const string DueNow = $"update deliveries set due_at = now() where endpoint_id = $1 and state = '{DeliveryStates.Pending}' and claim is null";

    /// <summary>Makes it due now, because the endpoint has changed. An attempt under way sees that by itself when it fails.</summary>
    public async Task HastenAsync(Guid endpoint, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(DueNow);
        command.Parameters.Add(new() { Value = endpoint });
        await command.ExecuteNonQueryAsync(cancellation);
        wakeup.Ring();
    }
}
