using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Storage;

/// <summary>A notice as one moment saw it.</summary>
/// <param name="State">The notice and what hangs on it.</param>
/// <param name="Endpoints">The endpoints of its deliveries.</param>
/// <param name="Now">That moment, by the database's clock.</param>
internal sealed record NoticeReading(NoticeState State, IReadOnlyDictionary<Guid, (int Version, string State)> Endpoints, DateTimeOffset Now);

/// <summary>Reads what is to be decided about, any number of notices in one statement.</summary>
internal sealed class NoticeReader(UnitStore store)
{
    private const int EndpointAt = Rows.NoticeColumns + Rows.DeliveryColumns;

    private const string Select = $"""
        select {Rows.Notice}, {Rows.Delivery}, e.version, e.state, j.last, j.attempts, now()
        from unnest($1) wanted(id)
        cross join lateral (select * from notices where id = wanted.id offset 0) n
        {Rows.Journal}
        left join lateral (select * from deliveries where notice_id = n.id offset 0) d on true
        left join endpoints e on e.id = d.endpoint_id
        """;

    /// <summary>The notices by their ids; who does not exist, or not for the reader, is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, NoticeReading>> ReadAsync(Reader reader, IReadOnlyCollection<Guid> notices, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, Reading>();
        await using var row = await store.ReadAsync(reader, cancellation, new NpgsqlBatchCommand(Select) { Parameters = { new() { Value = notices.ToArray() } } });
        while (await row.ReadAsync(cancellation))
        {
            if (!found.TryGetValue(row.GetGuid(0), out var reading))
            {
                found[row.GetGuid(0)] = reading = new(Rows.ReadNotice(row, 0), row.GetInt32(EndpointAt + 2), row.GetInt32(EndpointAt + 3),
                    row.GetFieldValue<DateTimeOffset>(EndpointAt + 4));
            }
            if (row.IsDBNull(Rows.NoticeColumns))
                continue;
            var delivery = Rows.ReadDelivery(row, Rows.NoticeColumns);
            reading.Deliveries.Add(delivery);
            if (!row.IsDBNull(EndpointAt))
                reading.Endpoints[delivery.EndpointId] = (row.GetInt32(EndpointAt), row.GetString(EndpointAt + 1));
        }
        return found.ToDictionary(f => f.Key, f => f.Value.Whole);
    }

    private sealed record Reading(Notice Notice, int LastEntry, int Attempts, DateTimeOffset Now)
    {
        public List<NoticeDelivery> Deliveries { get; } = [];
        public Dictionary<Guid, (int Version, string State)> Endpoints { get; } = [];
        public NoticeReading Whole => new(new(Notice, Deliveries, LastEntry, Attempts), Endpoints, Now);
    }
}
