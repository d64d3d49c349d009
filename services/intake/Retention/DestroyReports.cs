using Npgsql;

namespace SafeHarbor.Intake.Retention;

/// <summary>
/// Destroys reports' keys in three steps: the order is committed, the keys are destroyed, that it is done is committed. Whatever stops it in between, the
/// next run finishes; no key is destroyed that is not on the ledger before. One at a time, by a lock of the database: whose telephone reports go with the
/// last report is decided by nobody twice.
/// </summary>
public sealed class DestroyReports(NpgsqlDataSource database, UnitStore store, DueReports due, CarryOutOrders orders, RetentionSettings settings, TimeProvider time)
{
    private const long LockKey = 0x5AFE_0009;

    // The keys of its workers go with a report, those of telephone reports with the last one: all others are ordered, or come earlier in this batch. Those of its supplements
    // the database adds when the order commits.
    private const string Keys = """
        select r.report_id, r.encounter_id, r.key_id, case when exists (select from reports o
            where o.encounter_id = r.encounter_id and o.report_id <> r.report_id and not (o.report_id = any($1) and o.report_id < r.report_id)
                and not exists (select from destructions d where d.report_id = o.report_id)) then '{}'::uuid[]
            else array(select t.key_id from telephone_reports t where t.encounter_id = r.encounter_id) end || array(select w.key_id from workers w where w.report_id = r.report_id)
        from reports r where r.report_id = any($1) and not exists (select from destructions d where d.report_id = r.report_id)
        """;

    /// <summary>Finishes what was ordered, and orders and destroys what is due now, at most <paramref name="limit"/>.</summary>
    /// <param name="limit">The most.</param>
    /// <param name="caller">Who wants it; null for the system.</param>
    /// <param name="cancellation">Stops it; the next run goes on.</param>
    /// <returns>What was ordered, and how many orders are not carried out yet.</returns>
    public async Task<(IReadOnlyList<DueReport> Ordered, int Unfinished)> RunAsync(int limit, Caller? caller, CancellationToken cancellation)
    {
        await using var alone = await DatabaseLock.TakeAsync(database, LockKey, cancellation);
        var now = time.GetUtcNow();
        // A key store that was restored from a backup has keys again that had been destroyed since: as old as a backup can be, they are looked after.
        var unfinished = await orders.CarryOutAsync(now.AddDays(-settings.KeyBackupDays), cancellation);
        var found = await due.FindAsync(now, limit, cancellation);
        if (found.Count == 0)
            return (found, unfinished);
        var whys = found.ToDictionary(d => d.ReportId);
        await OrderAsync([.. found.Select(d => d.ReportId)], now, caller, DestructionGrounds.Retention, null,
            id => new { ground = DestructionGrounds.Retention, whys[id].Organization, whys[id].Days, whys[id].DueSince }, cancellation);
        return (found, await orders.CarryOutAsync(null, cancellation));
    }

    /// <summary>Finishes what was ordered and not carried out.</summary>
    public async Task FinishAsync(CancellationToken cancellation)
    {
        await using var alone = await DatabaseLock.TakeAsync(database, LockKey, cancellation);
        await orders.CarryOutAsync(null, cancellation);
    }

    /// <summary>Orders the destruction of one report by a court's order, and carries it out when the key store answers. Nothing is ordered twice.</summary>
    public async Task SealAsync(Guid reportId, Caller caller, byte[] fingerprint, object facts, CancellationToken cancellation)
    {
        await using var alone = await DatabaseLock.TakeAsync(database, LockKey, cancellation);
        await OrderAsync([reportId], time.GetUtcNow(), caller, DestructionGrounds.CourtOrder, fingerprint, _ => facts, cancellation);
        await orders.CarryOutAsync(null, cancellation);
    }

    private async Task OrderAsync(Guid[] reports, DateTimeOffset now, Caller? caller, string ground, byte[]? fingerprint, Func<Guid, object> facts, CancellationToken cancellation)
    {
        var unit = new UnitOfWork();
        await using (var command = database.CreateCommand(Keys))
        {
            command.Parameters.Add(new() { Value = reports });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                var order = new Destruction
                {
                    ReportId = row.GetGuid(0),
                    EncounterId = row.GetGuid(1),
                    KeyIds = [row.GetGuid(2), .. row.GetFieldValue<Guid[]>(3)],
                    Ground = ground,
                    OrderedAt = now,
                    OrderedBy = caller?.Subject,
                    Organization = caller?.Organization,
                    OrderFingerprint = fingerprint,
                };
                unit.Add(order);
                unit.Add(order.Entry(LedgerActions.KeyDestructionOrdered, now, caller, facts(order.ReportId)));
            }
        }
        await CommitAsync(unit, cancellation);
    }

    private async Task CommitAsync(UnitOfWork unit, CancellationToken cancellation)
    {
        if (await store.CommitAsync(unit, cancellation) is { } constraint)
            throw new InvalidOperationException($"A destruction met the constraint {constraint}: something was ordered without the lock. The next run goes on.");
    }
}
