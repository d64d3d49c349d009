using Npgsql;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Delivery;

/// <summary>A delivery that this instance attempts now, with all that the attempt needs.</summary>
/// <param name="Delivery">The delivery as it was claimed.</param>
/// <param name="Notice">What is told.</param>
/// <param name="Endpoint">Who is told, as it was at the claim.</param>
/// <param name="Known">
/// What a decision needs to know, when this is the notice's only delivery. Whoever decides meanwhile writes the journal entry that follows it, so
/// that a decision made on it is refused: it is good for one try.
/// </param>
internal sealed record ClaimedDelivery(NoticeDelivery Delivery, Notice Notice, ClaimedEndpoint Endpoint, NoticeReading? Known)
{
    private const int JournalAt = Rows.NoticeColumns + Rows.DeliveryColumns;
    private const int EndpointAt = JournalAt + 4;
    private const int SecretsAt = EndpointAt + 4;

    /// <summary>
    /// What <see cref="Read"/> reads, from <c>claimed d</c>. <c>offset 0</c> keeps each look-up one by key, also in a plan that was made, and kept, while
    /// the tables were empty.
    /// </summary>
    public const string Select = $"""
        select {Rows.Notice}, {Rows.Delivery},
               j.last, j.attempts, not exists (select from deliveries other where other.notice_id = n.id and other.id <> d.id), now(),
               e.url_ciphertext, e.url_wrapped_key, e.version, e.state, secrets.numbers, secrets.ciphertexts, secrets.keys
        from claimed d
        cross join lateral (select * from notices where id = d.notice_id offset 0) n
        cross join lateral (select * from endpoints where id = d.endpoint_id offset 0) e
        {Rows.Journal}
        cross join lateral (
            select array_agg(number order by number desc) as numbers, array_agg(ciphertext order by number desc) as ciphertexts,
                   array_agg(wrapped_key order by number desc) as keys
            from endpoint_secrets where endpoint_id = e.id and (signs_until is null or signs_until > now())) secrets
        """;

    public static ClaimedDelivery Read(NpgsqlDataReader row)
    {
        var notice = Rows.ReadNotice(row, 0);
        var delivery = Rows.ReadDelivery(row, Rows.NoticeColumns);
        var url = new SealedData(row.GetFieldValue<byte[]>(EndpointAt), row.GetFieldValue<byte[]>(EndpointAt + 1));
        var endpoint = new ClaimedEndpoint(new(delivery.EndpointId, url, ReadSecrets(row, delivery.EndpointId)), row.GetInt32(EndpointAt + 2), row.GetString(EndpointAt + 3));
        var isOnly = row.GetBoolean(JournalAt + 2);
        return new(delivery, notice, endpoint, isOnly ? ReadKnown(row, notice, endpoint) : null);
    }

    private static NoticeReading ReadKnown(NpgsqlDataReader row, Notice notice, ClaimedEndpoint endpoint)
    {
        var delivery = Rows.ReadDelivery(row, Rows.NoticeColumns);
        return new(new(notice, [delivery], row.GetInt32(JournalAt), row.GetInt32(JournalAt + 1)),
            new Dictionary<Guid, (int, string)> { [delivery.EndpointId] = (endpoint.Version, endpoint.State) }, row.GetFieldValue<DateTimeOffset>(JournalAt + 3));
    }

    private static EndpointSecret[] ReadSecrets(NpgsqlDataReader row, Guid endpoint)
    {
        if (row.IsDBNull(SecretsAt))
            return [];
        var ciphertexts = row.GetFieldValue<byte[][]>(SecretsAt + 1);
        var keys = row.GetFieldValue<byte[][]>(SecretsAt + 2);
        return [.. row.GetFieldValue<int[]>(SecretsAt).Select((number, i) => new EndpointSecret
        {
            EndpointId = endpoint,
            Number = number,
            Ciphertext = ciphertexts[i],
            WrappedKey = keys[i],
        })];
    }
}

/// <summary>Where an attempt goes, as it was at the claim.</summary>
internal sealed record ClaimedEndpoint(SigningEndpoint Signing, int Version, string State);
