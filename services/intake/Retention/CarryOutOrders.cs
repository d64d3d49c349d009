using Npgsql;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Retention;

/// <summary>Destroys the keys that were ordered to be destroyed, and commits what the key store confirms. Whoever calls it holds the lock of <see cref="DestroyReports"/>.</summary>
public sealed partial class CarryOutOrders(NpgsqlDataSource database, UnitStore store, KeyStore keys, ILogger<CarryOutOrders> logger)
{
    private const string Columns = """
        select report_id, encounter_id, array(select jsonb_array_elements_text(key_ids)::uuid), ground, ordered_at, ordered_by, organization, order_fingerprint, destroyed_at
        from destructions
        """;

    private const string Unconfirmed = $"{Columns} where destroyed_at is null union all {Columns} where destroyed_at > $1";

    /// <summary>Carries out what is open, and once more what was carried out after <paramref name="since"/>.</summary>
    /// <param name="since">Null for what is open alone.</param>
    /// <param name="cancellation">Stops it; the next time goes on.</param>
    /// <returns>How many orders are not carried out yet.</returns>
    public async Task<int> CarryOutAsync(DateTimeOffset? since, CancellationToken cancellation)
    {
        var orders = await ReadAsync(since ?? DateTimeOffset.MaxValue, cancellation);
        if (orders.Count == 0)
            return 0;
        try
        {
            foreach (var ground in orders.GroupBy(o => o.Ground))
                await keys.DestroyAsync([.. ground.SelectMany(o => o.KeyIds)], ground.Key, cancellation);
            var stored = (await keys.FindAsync([.. orders.SelectMany(o => o.KeyIds)], cancellation)).ToDictionary(k => k.KeyId);
            var unit = new UnitOfWork();
            foreach (var order in orders)
                Confirm(order, stored, unit);
            if (await store.CommitAsync(unit, cancellation) is { } constraint)
                throw new InvalidOperationException($"A confirmation met the constraint {constraint}, and it can meet none.");
        }
        catch (KeysUnavailableException e)
        {
            LogNotDestroyed(logger, orders.Count, e.Message);
        }
        return orders.Count(o => o.DestroyedAt is null);
    }

    private void Confirm(Destruction order, Dictionary<Guid, StoredKey> stored, UnitOfWork unit)
    {
        if (order.KeyIds.FirstOrDefault(id => !stored.ContainsKey(id)) is var missing && missing != default)
        {
            LogMissing(logger, missing, order.ReportId);
            return;
        }
        var destroyedAt = order.KeyIds.Max(id => stored[id].DestroyedAt);
        if (destroyedAt is null || destroyedAt == order.DestroyedAt)
            return;
        if (order.DestroyedAt is not null)
            LogCameBack(logger, order.ReportId);
        order.DestroyedAt = destroyedAt;
        unit.Put(order);
        unit.Add(order.Entry(LedgerActions.KeyDestroyed, destroyedAt.Value, null, new { ground = order.Ground, keyIds = order.KeyIds }));
        unit.Publish(order.Event(), DeterministicId.Of(order.ReportId, $"destroyed {destroyedAt:O}"));
    }

    private async Task<List<Destruction>> ReadAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Unconfirmed);
        command.Parameters.Add(new() { Value = since });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var orders = new List<Destruction>();
        while (await row.ReadAsync(cancellation))
        {
            orders.Add(new()
            {
                ReportId = row.GetGuid(0),
                EncounterId = row.GetGuid(1),
                KeyIds = row.GetFieldValue<Guid[]>(2),
                Ground = row.GetString(3),
                OrderedAt = row.GetFieldValue<DateTimeOffset>(4),
                OrderedBy = row.IsDBNull(5) ? null : row.GetString(5),
                Organization = row.IsDBNull(6) ? null : Organization.Parse(row.GetString(6)),
                OrderFingerprint = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
                DestroyedAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
            });
        }
        return orders;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} orders to destroy keys could not be carried out; they wait: {Reason}")]
    private static partial void LogNotDestroyed(ILogger logger, int count, string reason);

    [LoggerMessage(LogLevel.Error, "The key {KeyId} of the report {ReportId} is to be destroyed and is not in the key store. Was its database restored from a copy older than the report?")]
    private static partial void LogMissing(ILogger logger, Guid keyId, Guid reportId);

    [LoggerMessage(LogLevel.Warning, "A destroyed key of the report {ReportId} was in the key store again, as after a restore; it was destroyed again.")]
    private static partial void LogCameBack(ILogger logger, Guid reportId);
}
