using Microsoft.Extensions.Options;
using NpgsqlTypes;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Delivery;

/// <summary>What one round trip brought.</summary>
/// <param name="Claimed">Deliveries to attempt.</param>
/// <param name="NobodyToTell">New notices without an endpoint or a reader, and their numbers.</param>
/// <param name="MoreNotices">There are more new notices than one round addresses.</param>
/// <param name="NextDue">How long until the next of the other deliveries is due.</param>
/// <param name="NextSilence">How long until the first notice that waits in a feed should have been read; not positive when it should have been by now.</param>
internal sealed record ClaimRound(
    IReadOnlyList<ClaimedDelivery> Claimed, IReadOnlyList<(Notice Notice, long Number)> NobodyToTell, bool MoreNotices, TimeSpan? NextDue, TimeSpan? NextSilence);

/// <summary>Which due deliveries this instance attempts. A claim is a lease: one that is not concluded is due again when it runs out.</summary>
internal sealed class Claims(UnitStore store, IOptions<DeliverySettings> settings)
{
    // Endpoint by endpoint, so that a long queue of one that hangs is never read to find what is due for the others; and only those that have
    // something pending: each step of the recursion finds the next of them in the index.
    private const string Claim = $"""
        with recursive waiting(endpoint_id) as (
            (select endpoint_id from deliveries where state = '{DeliveryStates.Pending}' order by endpoint_id limit 1)
            union all
            select (select d.endpoint_id from deliveries d where d.state = '{DeliveryStates.Pending}' and d.endpoint_id > w.endpoint_id
                    order by d.endpoint_id limit 1)
            from waiting w where w.endpoint_id is not null),
        chosen as (
            select due.id
            from waiting w
            left join unnest($2, $3) busy(id, count) on busy.id = w.endpoint_id
            cross join lateral (
                select d.id, d.due_at from deliveries d
                where d.endpoint_id = w.endpoint_id and d.state = '{DeliveryStates.Pending}' and d.due_at <= now()
                order by d.due_at
                limit $4 - coalesce(busy.count, 0)
                for update skip locked) due
            order by due.due_at
            limit $5),
        claimed as (
            update deliveries d set claim = gen_random_uuid(), due_at = now() + $1 from chosen where d.id = chosen.id
            returning {Storage.Rows.Delivery})
        {ClaimedDelivery.Select}
        """;

    private static readonly string Rest = $"""
        select (select count(*) from (select from notices where state = '{NoticeStates.Requested}' limit {Addressing.Batch + 1}) requested),
               (select due_at - now() from deliveries where state = '{DeliveryStates.Pending}' and due_at > now() order by due_at limit 1),
               (select read_by - now() from notices where state = '{NoticeStates.InFeed}' order by read_by limit 1)
        """;

    /// <summary>
    /// Addresses new notices and claims up to <paramref name="free"/> deliveries, those of the new notices among them, in one transaction and one
    /// round trip, and without EF, so that an idle process never builds its model. <paramref name="busy"/> counts the attempts that run, by endpoint.
    /// </summary>
    public async Task<ClaimRound> TakeAsync(int free, IReadOnlyDictionary<Guid, int> busy, CancellationToken cancellation)
    {
        await using var batch = store.Database.CreateBatch();
        batch.BatchCommands.Add(new(Addressing.TakeTurn));
        foreach (var sql in new[] { Addressing.Address, Addressing.SelectNobodyToTell })
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = settings.Value.FeedSilentAfter } } });
        batch.BatchCommands.Add(new(Claim)
        {
            Parameters =
            {
                new() { Value = settings.Value.Lease },
                new() { Value = busy.Keys.ToArray() },
                new() { Value = busy.Values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
                new() { Value = settings.Value.ConcurrencyPerEndpoint },
                new() { Value = free },
            },
        });
        batch.BatchCommands.Add(new(Rest));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        // The first result is that of the turn.
        await row.NextResultAsync(cancellation);
        var nobodyToTell = await Addressing.ReadNobodyToTellAsync(row, cancellation);
        await row.NextResultAsync(cancellation);
        var claimed = new List<ClaimedDelivery>();
        while (await row.ReadAsync(cancellation))
            claimed.Add(ClaimedDelivery.Read(row));
        await row.NextResultAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(claimed, nobodyToTell, MoreNotices: row.GetInt64(0) > nobodyToTell.Count, row.IsDBNull(1) ? null : row.GetTimeSpan(1), row.IsDBNull(2) ? null : row.GetTimeSpan(2));
    }
}
