using Npgsql;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Local.Demo;

namespace SafeHarbor.Chaos.Checks;

/// <summary>Reads the evidence out of the services' databases and the broker, past the services.</summary>
internal static class EvidenceReader
{
    // What may be said again on purpose, such as a reminder, is told apart by its own id.
    private const string Timeline = """
        select encounter_id, type, subject, count(*)::int from (
            select encounter_id, type, case
                when type like 'handoff.escalated.%' then concat(data->>'handoffId', ' ', data->>'step')
                when type like 'handoff.%' then data->>'handoffId'
                when type like 'need.unfilled.%' then message_id::text
                when type like 'need.%' then data->>'needId'
                when type like 'offer.%' then data->>'offerId'
                when type like 'notice.%' then data->>'noticeId'
                when type like 'disclosure.%' then data->>'grantId'
                when type like 'report-clock.%' then message_id::text
                else '' end subject
            from timeline) lines
        group by 1, 2, 3
        """;

    private const string Needs = """
        select n.encounter_id, n.correlation_id, n.current_state, count(o.offer_id) filter (where o.state = 'ACCEPTED')::int
        from needs n left join offers o on o.need_id = n.correlation_id group by 1, 2, 3
        """;

    private const string Deliveries = """
        select d.id, coalesce(n.encounter_id, n.subject), n.organization, n.type, n.subject, d.state from deliveries d join notices n on n.id = d.notice_id
        """;

    private const string SilentNotices = """
        select id, coalesce(encounter_id, subject), organization, type, state from notices n where not exists (select from deliveries d where d.notice_id = n.id)
        """;

    public static async Task<Evidence> ReadAsync(Site site, CancellationToken cancellation)
    {
        var intake = site.Installation.Databases["intake"];
        var routing = site.Installation.Databases["county-routing"];
        var notification = site.Installation.Databases["notification"];
        var cases = site.Installation.Databases["case-services"];
        return new()
        {
            Encounters = await RowsAsync(intake, "select encounter_id from encounters", r => r.GetGuid(0), cancellation),
            Timeline = await RowsAsync(intake, Timeline,
                r => new TimelineCount(r.GetGuid(0), EventName.Of(r.GetString(1)), r.IsDBNull(2) ? "" : r.GetString(2), r.GetInt32(3)), cancellation),
            // Those that each keeper keeps: one that two keep is there twice.
            Handoffs = [.. await HandoffsAsync(routing, cancellation), .. site.Installation.Databases.TryGetValue(CountyNode.Service, out var node) ? await HandoffsAsync(node, cancellation) : []],
            Needs = await RowsAsync(cases, Needs, r => new NeedRow(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetInt32(3)), cancellation),
            Deliveries = await RowsAsync(notification, Deliveries,
                r => new DeliveryRow(r.GetGuid(0), r.GetGuid(1), r.GetString(2), EventName.Of(r.GetString(3)), r.GetGuid(4), r.GetString(5)), cancellation),
            SilentNotices = await RowsAsync(notification, SilentNotices,
                r => new SilentNotice(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetString(4)), cancellation),
            Parked = await ParkedMessages.ReadAsync(site, cancellation),
            Unfinished = await UnfinishedWork.ReadAsync(site, cancellation),
        };
    }

    private static Task<IReadOnlyList<HandoffRow>> HandoffsAsync(string database, CancellationToken cancellation) => RowsAsync(
        database, "select encounter_id, report_id, organization, current_state from handoffs where keeper is null",
        r => new HandoffRow(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3)), cancellation);

    internal static async Task<IReadOnlyList<T>> RowsAsync<T>(string database, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        // Not pooled: the server may have been started again since.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }
}
