using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace SafeHarbor.TestServers;

/// <summary>Holds a migrated database against the EF Core model, because migrations are plain SQL that nobody generates from it.</summary>
public static class SchemaCheck
{
    private const string Columns = """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and not c.relispartition
        """;

    private const string Indexes = """
        select t.relname, i.relname, x.indisprimary, x.indisunique, pg_get_expr(x.indpred, x.indrelid),
            array(select pg_get_indexdef(x.indexrelid, k, true) from generate_series(1, x.indnkeyatts) k)
        from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relnamespace = 'public'::regnamespace and not t.relispartition
        """;

    /// <summary>
    /// What the database at <paramref name="connectionString"/> and the model of <paramref name="db"/> do not agree on: tables, columns (name,
    /// type, nullability), primary keys and indexes (name, columns, uniqueness, filter). Empty when they agree; each line is for people to read.
    /// </summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(DbContext db, string connectionString, CancellationToken cancellationToken)
    {
        var model = OfModel(db.GetService<IDesignTimeModel>().Model.GetRelationalModel()).ToHashSet(StringComparer.Ordinal);
        var database = await OfDatabaseAsync(connectionString, cancellationToken);
        return [
            .. model.Except(database).Order(StringComparer.Ordinal).Select(line => $"only in the model: {line}"),
            .. database.Except(model).Order(StringComparer.Ordinal).Select(line => $"only in the database: {line}"),
        ];
    }

    private static IEnumerable<string> OfModel(IRelationalModel model)
    {
        foreach (var table in model.Tables)
        {
            foreach (var column in table.Columns)
                yield return Column(table.Name, column.Name, column.StoreType, !column.IsNullable);
            foreach (var key in table.UniqueConstraints)
                yield return Index(table.Name, key.Name, key.GetIsPrimaryKey(), true, null, key.Columns.Select(c => c.Name));
            foreach (var index in table.Indexes)
                yield return Index(table.Name, index.Name, false, index.IsUnique, index.Filter, index.Columns.Select(c => c.Name));
        }
    }

    private static async Task<HashSet<string>> OfDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        HashSet<string> found = [];
        await foreach (var r in RowsAsync(database, Columns, cancellationToken))
            found.Add(Column(r.GetString(0), r.GetString(1), r.GetString(2), r.GetBoolean(3)));
        await foreach (var r in RowsAsync(database, Indexes, cancellationToken))
        {
            found.Add(Index(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetBoolean(3), r.IsDBNull(4) ? null : r.GetString(4),
                r.GetFieldValue<string[]>(5).Select(c => c.Trim('"'))));
        }

        found.RemoveWhere(line => line.StartsWith("migrations", StringComparison.Ordinal));
        return found;
    }

    private static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(NpgsqlDataSource database, string sql,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return reader;
    }

    private static string Column(string table, string name, string type, bool notNull) => $"{table}.{name} {type}{(notNull ? " not null" : "")}";

    private static string Index(string table, string name, bool primary, bool unique, string? filter, IEnumerable<string> columns) =>
        $"{table}: {(primary ? "primary key" : unique ? "unique index" : "index")} {name} ({string.Join(", ", columns)}){(filter is null ? "" : $" where {filter}")}";
}
