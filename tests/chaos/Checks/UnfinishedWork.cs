using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Checks;

/// <summary>What the system still has to do: nothing of it may be left once it is quiet.</summary>
internal static class UnfinishedWork
{
    public static async Task<IReadOnlyList<string>> ReadAsync(Site site, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var (service, database) in site.Installation.Databases)
        {
            await CountAsync($"{service}: unsent messages in the outbox", database, "select count(*) from outbox");
            // A node that has given everything back would look once more whether something had come in that moment, and is gone.
            await CountAsync($"{service}: overdue timers", database, "select count(*) from timers where due_at < now() - interval '5 s' and type <> 'keeping.let-go.v1'");
        }
        await CountAsync("notification: webhooks still to be delivered", site.Installation.Databases["notification"],
            "select (select count(*) from deliveries where state = 'PENDING') + (select count(*) from notices where state = 'REQUESTED')");
        foreach (var queue in await BrokerQueue.AllAsync(site, cancellation))
            if (queue.Messages > 0 && !queue.IsForParking)
                found.Add($"queue {queue.Name}: {queue.Messages} messages, {queue.Consumers} consumers");
        return found;

        async Task CountAsync(string what, string database, string sql)
        {
            var count = (await EvidenceReader.RowsAsync(database, sql, r => r.GetInt64(0), cancellation))[0];
            if (count > 0)
                found.Add($"{what}: {count}");
        }
    }
}
