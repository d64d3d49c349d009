using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Intake.Storage;

[DbContext(typeof(IntakeDb)), Migration("0001_messaging")]
public sealed class MessagingTables : SqlMigration
{
    protected override string Sql => MessagingSchema.Sql;
}

[DbContext(typeof(IntakeDb)), Migration("0002_intake")]
public sealed class IntakeTables : SqlMigration
{
    protected override string Sql => Read(typeof(IntakeTables).Assembly, "Storage.intake.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0003_messaging_days_and_parking")]
public sealed class MessagingDaysAndParking : SqlMigration
{
    protected override string Sql => MessagingSchema.DaysAndParking;
}

[DbContext(typeof(IntakeDb)), Migration("0004_encounters_by_incident")]
public sealed class EncountersByIncident : SqlMigration
{
    protected override string Sql => Read(typeof(EncountersByIncident).Assembly, "Storage.encounters-by-incident.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0005_state_since")]
public sealed class StateSince : SqlMigration
{
    protected override string Sql => Read(typeof(StateSince).Assembly, "Storage.state-since.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0006_row_level_security")]
public sealed class RowLevelSecurity : SqlMigration
{
    protected override string Sql => MessagingSchema.RowLevelSecurity + Read(typeof(RowLevelSecurity).Assembly, "Storage.row-level-security.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0007_keys")]
public sealed class ReportKeyIds : SqlMigration
{
    protected override string Sql => Read(typeof(ReportKeyIds).Assembly, "Storage.report-key-ids.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0008_ledger")]
public sealed class LedgerTables : SqlMigration
{
    protected override string Sql => LedgerSchema.Sql + Read(typeof(LedgerTables).Assembly, "Storage.ledger-of-grants.sql") + Read(typeof(LedgerTables).Assembly, "Storage.reading-watch.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0009_retention")]
public sealed class RetentionTables : SqlMigration
{
    protected override string Sql => Read(typeof(RetentionTables).Assembly, "Storage.retention.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0010_emergency_access")]
public sealed class EmergencyAccessTable : SqlMigration
{
    protected override string Sql => Read(typeof(EmergencyAccessTable).Assembly, "Storage.emergency-accesses.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0011_responders")]
public sealed class RespondersTable : SqlMigration
{
    protected override string Sql => Read(typeof(RespondersTable).Assembly, "Storage.responders.sql");
}

[DbContext(typeof(IntakeDb)), Migration("0012_unusual_reading_readers")]
public sealed class UnusualReadingReaders : SqlMigration
{
    protected override string Sql => Read(typeof(UnusualReadingReaders).Assembly, "Storage.unusual-reading-readers.sql");
}
