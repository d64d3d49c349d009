using Microsoft.Extensions.Options;
using NpgsqlTypes;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Which due deliveries this instance attempts. A claim is a lease: one that is not concluded is due again when it runs out.</summary>
internal sealed class Claims(Store store, IOptions<DeliverySettings> settings)
{
    // Endpoint by endpoint, so that a long queue of one that hangs is never read to find what is due for the others.
    private const string Claim = """
        update deliveries set claim = gen_random_uuid(), due_at = now() + $1
        from (
            select due.id
            from endpoints e
            left join unnest($2, $3) busy(id, count) on busy.id = e.id
            cross join lateral (
                select d.id from deliveries d
                where d.endpoint_id = e.id and d.state = 'PENDING' and d.due_at <= now()
                order by d.due_at
                limit $4 - coalesce(busy.count, 0)
                for update skip locked) due
            limit $5) chosen
        where deliveries.id = chosen.id
        returning deliveries.id, notice_id, endpoint_id, claim
        """;

    /// <summary>Claims up to <paramref name="free"/> deliveries; <paramref name="busy"/> counts the attempts that run, by endpoint.</summary>
    public async Task<IReadOnlyList<NoticeDelivery>> TakeAsync(int free, IReadOnlyDictionary<Guid, int> busy, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(Claim);
        command.Parameters.Add(new() { Value = settings.Value.Lease });
        command.Parameters.Add(new() { Value = busy.Keys.ToArray() });
        command.Parameters.Add(new() { Value = busy.Values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = settings.Value.ConcurrencyPerEndpoint });
        command.Parameters.Add(new() { Value = free });
        var claimed = new List<NoticeDelivery>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            claimed.Add(new() { Id = reader.GetGuid(0), NoticeId = reader.GetGuid(1), EndpointId = reader.GetGuid(2), Claim = reader.GetGuid(3) });
        return claimed;
    }

    /// <summary>How long until the next delivery is due, of those that are not due yet.</summary>
    public async Task<TimeSpan?> NextDueAsync(CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand("select min(due_at) - now() from deliveries where state = 'PENDING' and due_at > now()");
        return await command.ExecuteScalarAsync(cancellation) as TimeSpan?;
    }

    /// <summary>Makes what is pending for an endpoint due now, because the endpoint has changed. An attempt under way sees that by itself when it fails.</summary>
    public async Task HastenAsync(Guid endpoint, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(
            "update deliveries set due_at = now() where endpoint_id = $1 and state = 'PENDING' and claim is null");
        command.Parameters.Add(new() { Value = endpoint });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
