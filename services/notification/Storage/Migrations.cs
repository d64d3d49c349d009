using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Notification.Storage;

[DbContext(typeof(NotificationDb)), Migration("0001_messaging")]
internal sealed class MessagingTables : SqlMigration
{
    protected override string Sql => MessagingSchema.Sql;
}

[DbContext(typeof(NotificationDb)), Migration("0002_notification")]
internal sealed class NotificationTables : SqlMigration
{
    protected override string Sql => Read(typeof(NotificationTables).Assembly, "Storage.0002_notification.sql");
}

[DbContext(typeof(NotificationDb)), Migration("0003_messaging_days_and_parking")]
internal sealed class MessagingDaysAndParking : SqlMigration
{
    protected override string Sql => MessagingSchema.DaysAndParking;
}

[DbContext(typeof(NotificationDb)), Migration("0004_row_level_security")]
internal sealed class RowLevelSecurity : SqlMigration
{
    protected override string Sql => MessagingSchema.RowLevelSecurity + Read(typeof(RowLevelSecurity).Assembly, "0004_row_level_security.sql");
}

[DbContext(typeof(NotificationDb)), Migration("0005_ledger")]
internal sealed class LedgerTables : SqlMigration
{
    protected override string Sql => LedgerSchema.Sql;
}

[DbContext(typeof(NotificationDb)), Migration("0006_notice_links")]
internal sealed class NoticeLinks : SqlMigration
{
    protected override string Sql => Read(typeof(NoticeLinks).Assembly, "Storage.0006_notice_links.sql");
}
