using Npgsql;

namespace SafeHarbor.Ledger.Storage;

/// <summary>An entry as the chain and its verification select it, under the alias <c>l</c>.</summary>
internal static class EntryColumns
{
    public const string Sql = "l.entry_id, l.at, l.action, l.organization, l.subject, l.report_id, l.about, l.tier, l.grant_id, l.reporter_identity, l.purpose, l.facts";

    public static LedgerEntry Read(NpgsqlDataReader row, int at) => new()
    {
        EntryId = row.GetInt64(at),
        At = row.GetFieldValue<DateTimeOffset>(at + 1),
        Action = row.GetString(at + 2),
        Organization = Text(row, at + 3),
        Subject = Text(row, at + 4),
        ReportId = row.IsDBNull(at + 5) ? null : row.GetGuid(at + 5),
        About = Text(row, at + 6),
        Tier = Text(row, at + 7),
        GrantId = row.IsDBNull(at + 8) ? null : row.GetGuid(at + 8),
        ReporterIdentity = row.GetBoolean(at + 9),
        Purpose = Text(row, at + 10),
        Facts = Text(row, at + 11),
    };

    private static string? Text(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}
