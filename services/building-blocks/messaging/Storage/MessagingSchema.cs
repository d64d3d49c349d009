namespace SafeHarbor.Messaging.Storage;

/// <summary>The SQL of messaging's tables, for migrations of each service.</summary>
public static class MessagingSchema
{
    /// <summary>Creates <c>inbox</c>, <c>outbox</c>, <c>timers</c> and <c>idempotency_keys</c>.</summary>
    public static string Sql => SqlMigration.Read(typeof(MessagingSchema).Assembly, "Storage.messaging.sql");

    /// <summary>Divides <c>inbox</c> by days and creates <c>parked</c>.</summary>
    public static string DaysAndParking => SqlMigration.Read(typeof(MessagingSchema).Assembly, "Storage.messaging-days-and-parking.sql");
}
