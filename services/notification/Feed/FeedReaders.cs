using Microsoft.Extensions.Options;
using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Feed;

/// <summary>An organization that reads its feed.</summary>
internal sealed class FeedReader
{
    public Organization Organization { get; set; } = null!;
    /// <summary>When it read last, to a tenth of the time after which it counts as silent.</summary>
    public DateTimeOffset ReadAt { get; set; }
    /// <summary>The last number that it asked for what comes after.</summary>
    public long ReadTo { get; set; }
}

/// <summary>
/// Reading the feed is receiving notices: whoever asks for what comes after a notice has it, and everything before it. What has no endpoint to go to waits for that
/// as long as somebody reads.
/// </summary>
internal sealed class FeedReaders(UnitStore store, NoticeReader notices, DeliveryDecisions decisions, IOptions<DeliverySettings> settings)
{
    private const int Batch = 200;

    private static readonly string Known = $"""
        select now(), r.read_at, r.read_to, array(
            select id from notices where organization = $1 and number > coalesce(r.read_to, 0) and number <= $2
            and state in ('{NoticeStates.InFeed}', '{NoticeStates.Sending}', '{NoticeStates.Failing}') order by number limit {Batch})
        from (select $1) asks(organization) left join feed_readers r using (organization)
        """;

    /// <summary>An organization asks for what comes after a number of its feed, 0 for all: it has what is up to there. One round trip when that is nothing new.</summary>
    public async Task ReadAsync(Organization organization, long after, CancellationToken cancellation)
    {
        while (true)
        {
            var (reader, isNews, unread) = await FindAsync(organization, after, cancellation);
            if (!isNews && unread.Count == 0)
                return;
            var unit = new UnitOfWork();
            var found = unread.Count == 0 ? null : await notices.ReadAsync(Reader.Service, unread, cancellation);
            foreach (var reading in found?.Values ?? [])
                decisions.Read(unit, reading.State);
            // It has read to there when all that is before it has been concluded.
            var isWhole = unread.Count < Batch;
            if (isWhole)
                reader.ReadTo = Math.Max(after, reader.ReadTo);
            unit.Put(reader);
            if (await store.CommitAsync(unit, cancellation) is null && isWhole)
                return;
        }
    }

    private async Task<(FeedReader Reader, bool IsNews, IReadOnlyList<Guid> Unread)> FindAsync(Organization organization, long after, CancellationToken cancellation)
    {
        await using var row = await store.ReadAsync(Reader.Service, cancellation, new NpgsqlBatchCommand(Known) { Parameters = { new() { Value = organization.Text }, new() { Value = after } } });
        await row.ReadAsync(cancellation);
        var (now, readAt, readTo) = (row.GetFieldValue<DateTimeOffset>(0), row.Value<DateTimeOffset>(1), row.Value<long>(2) ?? 0);
        var isNews = after > readTo || readAt is null || now - readAt > settings.Value.FeedSilentAfter / 10;
        return (new() { Organization = organization, ReadAt = now, ReadTo = readTo }, isNews, row.GetFieldValue<Guid[]>(3));
    }
}
