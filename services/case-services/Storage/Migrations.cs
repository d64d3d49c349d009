using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.CaseServices.Storage;

[DbContext(typeof(CaseServicesDb)), Migration("0001_messaging")]
public sealed class MessagingTables : SqlMigration
{
    protected override string Sql => MessagingSchema.Sql;
}

[DbContext(typeof(CaseServicesDb)), Migration("0002_case_services")]
public sealed class CaseServicesTables : SqlMigration
{
    protected override string Sql => Read(typeof(CaseServicesTables).Assembly, "0002_case_services.sql");
}

[DbContext(typeof(CaseServicesDb)), Migration("0003_need_reminders")]
public sealed class NeedReminders : SqlMigration
{
    protected override string Sql => Read(typeof(NeedReminders).Assembly, "0003_need_reminders.sql");
}

[DbContext(typeof(CaseServicesDb)), Migration("0004_messaging_days_and_parking")]
public sealed class MessagingDaysAndParking : SqlMigration
{
    protected override string Sql => MessagingSchema.DaysAndParking;
}

[DbContext(typeof(CaseServicesDb)), Migration("0005_state_since")]
public sealed class StateSince : SqlMigration
{
    protected override string Sql => Read(typeof(StateSince).Assembly, "0005_state_since.sql");
}

[DbContext(typeof(CaseServicesDb)), Migration("0006_row_level_security")]
public sealed class RowLevelSecurity : SqlMigration
{
    protected override string Sql => MessagingSchema.RowLevelSecurity + Read(typeof(RowLevelSecurity).Assembly, "0006_row_level_security.sql");
}

[DbContext(typeof(CaseServicesDb)), Migration("0007_ledger")]
public sealed class LedgerTables : SqlMigration
{
    protected override string Sql => LedgerSchema.Sql;
}
