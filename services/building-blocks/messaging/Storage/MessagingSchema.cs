namespace SafeHarbor.Messaging.Storage;

/// <summary>The SQL of messaging's tables, for migrations of each service.</summary>
public static class MessagingSchema
{
    /// <summary>Creates <c>inbox</c>, <c>outbox</c>, <c>timers</c> and <c>idempotency_keys</c>.</summary>
    public static string Sql => SqlMigration.Read(typeof(MessagingSchema).Assembly, "Storage.messaging.sql");

    /// <summary>Divides <c>inbox</c> by days and creates <c>parked</c>.</summary>
    public static string DaysAndParking => SqlMigration.Read(typeof(MessagingSchema).Assembly, "Storage.messaging-days-and-parking.sql");

    /// <summary>Hides messaging's rows from whoever they are not for, and creates <c>caller()</c>, by which a service's own policies ask for whom the session reads.</summary>
    public static string RowLevelSecurity => SqlMigration.Read(typeof(MessagingSchema).Assembly, "Storage.messaging-row-level-security.sql");
}
