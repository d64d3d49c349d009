using Microsoft.Extensions.Options;
using NpgsqlTypes;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>What there is to do: notices to address, deliveries that are due, and how long until the next of the others is.</summary>
internal readonly record struct Waiting(bool Notices, bool Deliveries, TimeSpan? NextDue);

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

    private const string Look = """
        select exists (select from notices where state = 'REQUESTED'),
               exists (select from deliveries where state = 'PENDING' and due_at <= now()),
               (select min(due_at) - now() from deliveries where state = 'PENDING' and due_at > now())
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

    /// <summary>What there is to do, in one round trip and without EF, so that an idle process never builds its model.</summary>
    public async Task<Waiting> LookAsync(CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(Look);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetBoolean(0), reader.GetBoolean(1), await reader.IsDBNullAsync(2, cancellation) ? null : reader.GetTimeSpan(2));
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
