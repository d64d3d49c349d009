using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Intake.Keys;

/// <summary>The key store's one table, for its migrations and the check of its schema; <see cref="KeyStore"/> reads and writes it.</summary>
public sealed class KeysDb(DbContextOptions<KeysDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<KeyRow>(row =>
        {
            row.ToTable("keys").HasKey(k => k.KeyId);
            row.Property(k => k.KeyId).ValueGeneratedNever();
            row.HasIndex(k => k.Purpose).IsUnique().HasFilter("(purpose IS NOT NULL)").HasDatabaseName("keys_by_purpose");
            row.HasIndex(k => new { k.WrappedBy, k.KeyId }).HasFilter("(wrapped_key IS NOT NULL)").HasDatabaseName("keys_by_wrapping");
        });
        modelBuilder.UseSnakeCase();
    }
}

/// <summary>A key: wrapped, or destroyed and kept as proof of that.</summary>
public sealed class KeyRow
{
    public Guid KeyId { get; set; }
    /// <summary>What the service has just one key for; null for a report's.</summary>
    public string? Purpose { get; set; }
    public byte[]? WrappedKey { get; set; }
    public string WrappedBy { get; set; } = "";
    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset? DestroyedAt { get; set; }
    public string? DestroyedFor { get; set; }
}

[DbContext(typeof(KeysDb)), Migration("0001_keys")]
public sealed class KeysTable : SqlMigration
{
    protected override string Sql => Read(typeof(KeysTable).Assembly, "Keys.keys.sql");
}
