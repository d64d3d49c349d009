using Npgsql;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>Somewhere that a copy could lie.</summary>
/// <param name="Name">For people.</param>
/// <param name="Open">Everything that is there, from the beginning.</param>
internal sealed record Place(string Name, Func<Stream> Open)
{
    /// <summary>Every file in a directory and in those below it. What is empty, which sockets are as well, is left out.</summary>
    public static IEnumerable<Place> FilesBelow(string directory) =>
        from file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        where new FileInfo(file) is { Exists: true, Length: > 0 }
        select new Place(file, () => OpenFile(file));

    /// <summary>
    /// Every table of every database of a server, sealed columns too, as binary: texts are there as they are, and bytes are not turned into digits.
    /// The files of the server hold the same, but long values compressed.
    /// </summary>
    /// <param name="administrator">For whom no row is hidden.</param>
    public static IEnumerable<Place> TablesOf(string administrator)
    {
        foreach (var database in Rows(administrator, "select datname from pg_database where datallowconn"))
        {
            var connection = new NpgsqlConnectionStringBuilder(administrator) { Database = database, Pooling = false }.ConnectionString;
            foreach (var table in Rows(connection, "select oid::regclass::text from pg_class where relkind in ('r', 'm') and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"))
                yield return new Place($"{database}, table {table}", () => OpenTable(connection, table));
        }
    }

    private static Stream OpenFile(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            // Servers remove files of theirs at any time.
            return Stream.Null;
        }
    }

    private static MemoryStream OpenTable(string connection, string table)
    {
        using var opened = new NpgsqlConnection(connection);
        opened.Open();
        using var copy = opened.BeginRawBinaryCopy($"copy (select * from {table}) to stdout (format binary)");
        var rows = new MemoryStream();
        copy.CopyTo(rows);
        rows.Position = 0;
        return rows;
    }

    private static List<string> Rows(string connection, string sql)
    {
        using var opened = new NpgsqlConnection(connection);
        opened.Open();
        using var command = new NpgsqlCommand(sql, opened);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
