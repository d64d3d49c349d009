using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// A forward-only migration in plain SQL, applied by EF Core's migrator (its history table, its lock). Derive once per file and mark the class with
/// <c>[DbContext(typeof(…))]</c> and <c>[Migration("0002_name")]</c>; ids sort in the order of application.
/// </summary>
public abstract class SqlMigration : Migration
{
    /// <summary>The statements; safe while the previous version of the service still runs.</summary>
    protected abstract string Sql { get; }

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(Sql);

    /// <summary>Reads an embedded SQL file by the end of its resource name, with dots for folders.</summary>
    public static string Read(Assembly assembly, string name)
    {
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith(name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
