using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Storage;

/// <summary>How the tables of messaging, and of services, are mapped.</summary>
public static class MessagingModel
{
    private static readonly ValueConverter<string, string> ByWord = new(name => StateWord.Of(name), word => StateWord.NameOf(word));

    /// <summary>Adds inbox, outbox, timers, idempotency keys and parked messages to a service's model; their tables come from <c>0001_messaging.sql</c>.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        model.Entity<InboxRow>(row =>
        {
            row.ToTable("inbox").HasKey(r => new { r.MessageId, r.Consumer, r.SentOn });
        });
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox").HasKey(r => r.Sequence);
            row.Property(r => r.Sequence).UseIdentityAlwaysColumn();
            row.Property(r => r.CreatedAt).ValueGeneratedOnAdd().HasDefaultValueSql("now()");
            row.Property(r => r.SentAt).ValueGeneratedOnAdd().HasDefaultValueSql("now()");
            row.Property(r => r.Attempts).ValueGeneratedOnAdd().HasDefaultValue(0);
            row.HasIndex(r => new { r.OrderingKey, r.Sequence }).HasFilter("(not_before IS NOT NULL)").HasDatabaseName("outbox_held_back");
        });
        model.Entity<TimerRow>(row =>
        {
            row.ToTable("timers").HasKey(r => r.Token);
            row.HasIndex(r => r.DueAt).HasDatabaseName("timers_due");
        });
        model.Entity<IdempotencyKeyRow>(row =>
        {
            row.ToTable("idempotency_keys").HasKey(r => new { r.Caller, r.KeyHash });
            row.Property(r => r.CreatedAt).ValueGeneratedOnAdd().HasDefaultValueSql("now()");
            row.HasIndex(r => r.CreatedAt).HasMethod("brin").HasDatabaseName("idempotency_keys_age");
        });
        model.Entity<ParkedRow>(row =>
        {
            row.ToTable("parked").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
            row.Property(r => r.Times).ValueGeneratedOnAdd().HasDefaultValue(1);
            row.Property(r => r.ParkedAt).ValueGeneratedOnAdd().HasDefaultValueSql("now()");
            row.Property(r => r.State).ValueGeneratedOnAdd().HasDefaultValue("PARKED");
            row.HasIndex(r => new { r.MessageId, r.Destination }).IsUnique().HasDatabaseName("parked_message");
            row.HasIndex(r => r.Id).HasFilter("(state = 'PARKED'::text)").HasDatabaseName("parked_open");
        });
        return model;
    }

    /// <summary>Names every column, key and table in snake case, and keeps sagas' states by their <see cref="StateWord"/>; call it last.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
            foreach (var key in entity.GetKeys())
                key.SetName($"{entity.GetTableName()}_pkey");
            if (entity.ClrType.IsAssignableTo(typeof(ITimedSaga)))
                entity.FindProperty(nameof(ITimedSaga.CurrentState))!.SetValueConverter(ByWord);
        }
    }

    /// <summary>Keeps a value as <c>jsonb</c>, written and read whole, equal when its JSON is.</summary>
    public static PropertyBuilder<T> IsJson<T>(this PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            new ValueConverter<T, string>(value => Json(value), json => JsonSerializer.Deserialize<T>(json, WireFormat.Json)!),
            new ValueComparer<T>((a, b) => Json(a) == Json(b), value => Json(value).GetHashCode(StringComparison.Ordinal)));

    private static string Json<T>(T? value) => JsonSerializer.Serialize(value, WireFormat.Json);

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
