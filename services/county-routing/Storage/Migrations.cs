using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.CountyRouting.Storage;

[DbContext(typeof(CountyRoutingDb)), Migration("0001_messaging")]
public sealed class MessagingTables : SqlMigration
{
    protected override string Sql => MessagingSchema.Sql;
}

[DbContext(typeof(CountyRoutingDb)), Migration("0002_county_routing")]
public sealed class CountyRoutingTables : SqlMigration
{
    protected override string Sql => Read(typeof(CountyRoutingTables).Assembly, "Storage.county-routing.sql");
}

[DbContext(typeof(CountyRoutingDb)), Migration("0003_directory_changes")]
public sealed class DirectoryChanges : SqlMigration
{
    protected override string Sql => Read(typeof(DirectoryChanges).Assembly, "Storage.directory-changes.sql");
}

[DbContext(typeof(CountyRoutingDb)), Migration("0004_escalated_handoffs")]
public sealed class EscalatedHandoffs : SqlMigration
{
    protected override string Sql => Read(typeof(EscalatedHandoffs).Assembly, "Storage.escalated-handoffs.sql");
}

[DbContext(typeof(CountyRoutingDb)), Migration("0005_messaging_days_and_parking")]
public sealed class MessagingDaysAndParking : SqlMigration
{
    protected override string Sql => MessagingSchema.DaysAndParking;
}

[DbContext(typeof(CountyRoutingDb)), Migration("0006_state_since")]
public sealed class StateSince : SqlMigration
{
    protected override string Sql => Read(typeof(StateSince).Assembly, "Storage.state-since.sql");
}

[DbContext(typeof(CountyRoutingDb)), Migration("0007_row_level_security")]
public sealed class RowLevelSecurity : SqlMigration
{
    protected override string Sql => MessagingSchema.RowLevelSecurity + Read(typeof(RowLevelSecurity).Assembly, "Storage.row-level-security.sql");
}

[DbContext(typeof(CountyRoutingDb)), Migration("0008_ledger")]
public sealed class LedgerTables : SqlMigration
{
    protected override string Sql => LedgerSchema.Sql + Read(typeof(LedgerTables).Assembly, "Storage.ledger-of-packs.sql");
}
