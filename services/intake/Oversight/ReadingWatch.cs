using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Oversight;

/// <summary>
/// Looks at what the ledger says of reading, a moment after it was linked, and tells what is unusual. It follows the chain, so it misses nothing; every
/// instance may do it, because what it finds has an id that follows from what it is.
/// </summary>
internal sealed partial class ReadingWatch(UnitStore store, LedgerNews ledger, NoticeBuilder notices, IConfiguration configuration, State state, TimeProvider time,
    ILogger<ReadingWatch> logger) : BackgroundService
{
    private const int Step = 2000;
    // What another instance has linked; what this one has is told.
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private const string Ahead = """
        select coalesce((select position from watch_positions where watch = $1), 0), coalesce((select position from ledger_links order by position desc limit 1), 0)
        """;

    // Who was refused what its organization had been given by then, and had only not come here yet, tried no door. Clocks differ a little.
    private const string GrantedByThen = """
        (l.action = 'report.refused' and exists (select from grants g
            where g.report_id = l.report_id and g.organization = l.organization and g.granted_at <= l.at + interval '2 seconds' and g.expires_at > l.at))
        """;

    // By key from the few new links, however long the ledger is.
    private const string Readers = $"""
        select distinct on (l.organization, l.subject) l.organization, l.subject, l.at, l.report_id, r.encounter_id
        from (select entry_id from ledger_links where position > $1 and position <= $2 offset 0) k
        cross join lateral (select * from ledger where entry_id = k.entry_id and action in ('report.read', 'report.refused') offset 0) l
        cross join lateral (select * from reports where report_id = l.report_id offset 0) r
        where not {GrantedByThen}
        order by l.organization, l.subject, l.at desc
        """;

    private const string Recent = $"""
        select count(distinct l.report_id)::int, (count(distinct p.organization) filter (where split_part(p.organization, ':', 2) <> split_part($1, ':', 2)))::int
        from ledger l join reports r on r.report_id = l.report_id left join lateral (select organization from responders where report_id = l.report_id order by since desc limit 1) p on true
        where l.organization = $1 and l.subject = $2 and l.at > $3 and l.at <= $4 and l.action in ('report.read', 'report.refused')
        and not {GrantedByThen}
        """;

    private readonly ReadingRules _rules = ReadingRules.From(configuration, state.TimeZone);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (await StepAsync(stoppingToken))
                    continue;
                await ledger.Linked.WaitAsync(Net, stoppingToken);
                // What is read meanwhile is looked at together.
                await Task.Delay(Company, stoppingToken);
                ledger.Linked.Forget();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name, e.Message);
                await Task.Delay(PauseAfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    /// <returns>Whether there is more to look at.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellation)
    {
        var (from, end) = (await ReadAsync(Ahead, r => (r.GetInt64(0), r.GetInt64(1)), cancellation, WatchPosition.OfReading)).Single();
        if (end <= from)
            return false;
        var upTo = Math.Min(end, from + Step);
        var unit = new UnitOfWork();
        foreach (var reader in await ReadAsync(Readers, r => new Reading(Organization.Parse(r.GetString(0)), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2), r.GetGuid(3), r.GetGuid(4)), cancellation, from, upTo))
        {
            var recent = (await ReadAsync(Recent, r => new RecentReads(r.GetInt32(0), r.GetInt32(1)), cancellation,
                reader.Organization.Text, reader.Subject, reader.At - _rules.Within, reader.At)).Single();
            foreach (var (rule, window) in _rules.BrokenBy(reader, recent))
            {
                var found = UnusualReadingRow.Of(reader, recent, rule, window, time.GetUtcNow());
                if (await store.FindAsync<UnusualReadingRow>(Reader.Service, found.UnusualReadingId, cancellation) is not null)
                    continue;
                found.Tell(unit, notices, state.Organization);
                LogFound(logger, found.UnusualReadingId, rule, reader.Organization, recent.Reports, recent.Counties);
            }
        }
        unit.Put(new WatchPosition { Watch = WatchPosition.OfReading, Position = upTo });
        // Another instance may have been first with a finding; then nothing was written, and the next step sees how far it has come.
        await store.CommitAsync(unit, cancellation);
        return upTo < end;
    }

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        await using var command = store.Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await row.ReadAsync(cancellation))
            found.Add(read(row));
        return found;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unusual reading {UnusualReadingId}: rule {Rule}, organization {Organization}, {Reports} reports, {Counties} counties. The ledger says who it was.")]
    private static partial void LogFound(ILogger logger, Guid unusualReadingId, string rule, Organization organization, int reports, int counties);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading could not be watched for the moment ({Error}: {Reason}); the ledger waits.")]
    private static partial void LogFailed(ILogger logger, string error, string reason);
}
