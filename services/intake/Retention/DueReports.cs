using Npgsql;

namespace SafeHarbor.Intake.Retention;

/// <summary>A report whose details have been kept long enough.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Organization">Whose time is the longest; null when the report has reached nobody.</param>
/// <param name="Days">That time, in days.</param>
/// <param name="DueSince">The last thing that happened to the encounter, and the days.</param>
public sealed record DueReport(Guid ReportId, Organization? Organization, int Days, DateTimeOffset DueSince);

/// <summary>How many reports are due by one county's time.</summary>
/// <param name="Organization">Whose time it is; null when the reports have reached nobody.</param>
/// <param name="Days">That time, in days.</param>
/// <param name="Reports">How many reports.</param>
public sealed record DueCount(Organization? Organization, int Days, long Reports);

/// <summary>
/// Which reports are due at a time, as a question that changes nothing: kept for the longest that one of its counties wants, from the last thing that
/// happened to the encounter; none while one of its counties has not decided and the installation sets no default. What was destroyed because of it does not count as something that happened.
/// </summary>
public sealed class DueReports(NpgsqlDataSource database, RetentionSettings settings)
{
    // Without a default, a county that says nothing keeps it for ever: its null comes first, and nothing is due since null.
    private static readonly string Due = $"""
        with due as (
            select r.report_id, k.organization, coalesce(k.days, $2) as days,
                greatest(e.received_at, t.last) + coalesce(k.days, $2) * interval '24 hours' as since
            from encounters e join reports r on r.encounter_id = e.encounter_id
            left join lateral (
                select organization, coalesce(days, $2) as days from retention_rules where report_id = r.report_id order by 2 desc, 1 limit 1) k on true
            left join lateral (
                select max(at) as last from timeline where encounter_id = r.encounter_id and type <> 'report.destroyed.v1') t on true
            where e.received_at <= $1 - {RetentionSettings.FewestDays} * interval '24 hours'
                and not exists (select from destructions d where d.report_id = r.report_id))
        """;

    /// <summary>Those that are due at <paramref name="at"/>, the ones that have been for longest first.</summary>
    public Task<IReadOnlyList<DueReport>> FindAsync(DateTimeOffset at, int limit, CancellationToken cancellation) => ReadAsync(
        $"{Due} select report_id, organization, days, since from due where since <= $1 order by since, report_id limit $3", [at.ToUniversalTime(), Default, limit],
        row => new DueReport(row.GetGuid(0), row.IsDBNull(1) ? null : Organization.Parse(row.GetString(1)), row.GetInt32(2), row.GetFieldValue<DateTimeOffset>(3)), cancellation);

    /// <summary>How many are due at <paramref name="at"/>, for each county.</summary>
    public Task<IReadOnlyList<DueCount>> CountAsync(DateTimeOffset at, CancellationToken cancellation) => ReadAsync(
        $"{Due} select organization, days, count(*) from due where since <= $1 group by 1, 2 order by 1, 2", [at.ToUniversalTime(), Default],
        row => new DueCount(row.IsDBNull(0) ? null : Organization.Parse(row.GetString(0)), row.GetInt32(1), row.GetInt64(2)), cancellation);

    private object Default => settings.DefaultDays is { } days ? days : DBNull.Value;

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await row.ReadAsync(cancellation))
            found.Add(read(row));
        return found;
    }
}
