using Npgsql;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>
/// Gives new notices their numbers and their deliveries, in the order in which they were asked for. The database does it by itself where there is
/// an endpoint, or the organization reads its feed; where there is neither the notice is undeliverable, which is an event and so ours to decide.
/// </summary>
internal sealed class Addressing(UnitStore store, DeliveryDecisions decisions)
{
    /// <summary>At most this many at once.</summary>
    public const int Batch = 100;
    public const int Turn = 0x5AFE_0010;

    private const string Read = "select from feed_readers r where r.organization = n.organization and r.read_at > now() - $1";
    private const string Enabled = $"from endpoints e where e.organization = n.organization and e.state = '{EndpointStates.Enabled}'";
    // Better the wrong screen than none.
    private const string Fits = "case when e.duty is not distinct from n.duty then 1 when e.duty is null then 2 else 3 end";
    private const string Meant = $"select e.id {Enabled} and {Fits} = (select min({Fits}) {Enabled})";

    /// <summary>
    /// One instance at a time, until it has committed: numbers are without gaps. Nobody waits when there is nothing to address; what comes after that look
    /// waits for the next, because without the turn nothing is addressed.
    /// </summary>
    // The short waits of a session are for rows that a vanished instance keeps: a turn comes, however slow the instance before is.
    public static readonly string TakeTurn = $"""
        select pg_advisory_xact_lock({Turn}, 0), set_config('safeharbor.turn', 'mine', true) from (select set_config('lock_timeout', '0', true) offset 0) patience
        where exists (select from notices where state = '{NoticeStates.Requested}')
        """;

    /// <summary>
    /// Addresses what has an endpoint, and leaves to its readers what has none: they have <c>$1</c> to read it. What is for a duty goes to that duty's endpoints, or, where there are none, to
    /// those of no duty, or else to all. A delivery's id is that of <see cref="NoticeDelivery.Of"/>.
    /// </summary>
    public static readonly string Address = $"""
        with numbered as ({Numbered($"(exists (select {Enabled}) or exists ({Read}))")}),
        addressed as (
            update notices n set number = numbered.next, state = case when numbered.has_endpoint then '{NoticeStates.Sending}' else '{NoticeStates.InFeed}' end,
                read_by = case when not numbered.has_endpoint then now() + $1 end
            from numbered where n.id = numbered.id
            returning n.id, n.organization, n.duty),
        noted as (
            insert into journal (notice_id, number, at, kind) select id, 1, now(), '{JournalKinds.Addressed}' from addressed)
        insert into deliveries (id, notice_id, endpoint_id, state, attempts, started_at, due_at)
        select encode(substr(set_byte(set_byte(hash, 6, get_byte(hash, 6) & 15 | 128), 8, get_byte(hash, 8) & 63 | 128), 1, 16), 'hex')::uuid,
               n.id, e.id, '{DeliveryStates.Pending}', 0, now(), now()
        from addressed n
        cross join lateral ({Meant}) e
        cross join lateral (select sha256(uuid_send(n.id) || convert_to(e.id::text, 'UTF8'))) as id(hash)
        """;

    /// <summary>Selects what has no endpoint and no reader, with the number that it would get.</summary>
    public static readonly string SelectNobodyToTell =
        $"select {Rows.Notice}, numbered.next from ({Numbered($"not exists (select {Enabled}) and not exists ({Read})")}) numbered join notices n on n.id = numbered.id order by n.requested_at, n.id";

    public static async Task<IReadOnlyList<(Notice Notice, long Number)>> ReadNobodyToTellAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var notices = new List<(Notice, long)>();
        while (await row.ReadAsync(cancellation))
            notices.Add((Rows.ReadNotice(row, 0), row.GetInt64(Rows.NoticeColumns)));
        return notices;
    }

    /// <summary>Reports that there is nobody to tell. False when somebody else was first: nothing is written, and there is to be looked again.</summary>
    public async Task<bool> GiveUpAsync(IReadOnlyList<(Notice Notice, long Number)> notices, CancellationToken cancellation)
    {
        var unit = new UnitOfWork();
        foreach (var (notice, number) in notices)
            decisions.NobodyToTell(unit, notice, number);
        return await store.CommitAsync(unit, cancellation) is null;
    }

    // The last number as the end of an index and not as max(): a plan that was made, and kept, while the table was empty would read all of them.
    private static string Numbered(string which) => $"""
        select first.id, first.has_endpoint,
            coalesce((select number from notices m where m.organization = first.organization and number is not null order by number desc limit 1), 0)
            + row_number() over (partition by organization order by requested_at, id) as next
        from (
            select n.id, n.organization, n.requested_at, exists (select {Enabled}) as has_endpoint from notices n
            where n.state = '{NoticeStates.Requested}' and current_setting('safeharbor.turn', true) = 'mine' and {which}
            order by n.requested_at, n.id limit {Batch}) first
        """;
}
