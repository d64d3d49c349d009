using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Feed;

/// <summary>Gives up what waits in a feed that nobody has read in time: whoever asked for it is told, as of any other notice that reaches nobody.</summary>
internal sealed class FeedSilence(UnitStore store, NoticeReader notices, DeliveryDecisions decisions)
{
    private const string Silent = $"select id from notices where state = '{NoticeStates.InFeed}' and read_by <= now() order by read_by limit 100";

    /// <summary>Gives up some. When somebody reads, or another instance gives up, at the same time, nothing is written and there is to be looked again.</summary>
    public async Task GiveUpAsync(CancellationToken cancellation)
    {
        var silent = new List<Guid>();
        await using (var row = await store.ReadAsync(Reader.Service, cancellation, new NpgsqlBatchCommand(Silent)))
        {
            while (await row.ReadAsync(cancellation))
                silent.Add(row.GetGuid(0));
        }
        var unit = new UnitOfWork();
        foreach (var (_, reading) in (await notices.ReadAsync(Reader.Service, silent, cancellation)).OrderBy(notice => notice.Key))
            decisions.FeedSilent(unit, reading.State);
        await store.CommitAsync(unit, cancellation);
    }
}
