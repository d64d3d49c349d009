using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Intake.Storage;

/// <summary>Intake's tables, for reading. Writes go through units of work, the access ledger excepted, which is written in the transaction of a read.</summary>
public sealed class IntakeDb(DbContextOptions<IntakeDb> options) : DbContext(options)
{
    public DbSet<Encounter> Encounters => Set<Encounter>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<TelephoneReport> TelephoneReports => Set<TelephoneReport>();
    public DbSet<ReportClock> Clocks => Set<ReportClock>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<Access> Accesses => Set<Access>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Encounter>(row =>
        {
            row.ToTable("encounters").HasKey(e => e.EncounterId);
            row.Property(e => e.CustodyGrounds).IsJson();
            row.HasIndex(e => new { e.AgencyOri, e.IncidentNumber, e.Children }).IsUnique().HasDatabaseName(Encounter.NaturalKey);
            row.HasIndex(e => new { e.AgencyOri, e.EncounterId }).HasDatabaseName("encounters_by_agency");
            row.HasIndex(e => e.IncidentNumber).HasDatabaseName("encounters_by_incident");
        });
        modelBuilder.Entity<Report>(row =>
        {
            row.ToTable("reports").HasKey(r => r.ReportId);
            row.Property(r => r.Languages).IsJson();
            row.Property(r => r.Needs).IsJson();
            row.HasIndex(r => new { r.EncounterId, r.Child }).HasDatabaseName("reports_by_encounter");
        });
        modelBuilder.Entity<TelephoneReport>(row =>
        {
            row.ToTable("telephone_reports").HasKey(t => t.TelephoneReportId);
            row.HasIndex(t => new { t.EncounterId, t.RecordedAt }).HasDatabaseName("telephone_reports_by_encounter");
        });
        modelBuilder.Entity<ReportClock>(row =>
        {
            row.ToTable("report_clocks").HasKey(c => c.CorrelationId);
            row.HasIndex(c => c.EncounterId).HasDatabaseName("report_clocks_by_encounter");
        });
        modelBuilder.Entity<TimelineEntry>(row =>
        {
            row.ToTable("timeline").HasKey(t => t.MessageId);
            row.Property(t => t.Sequence).ValueGeneratedOnAdd().HasDefaultValue(0L);
            row.Property(t => t.Data).HasColumnType("jsonb");
            row.HasIndex(t => new { t.EncounterId, t.Sequence }).IsUnique().HasDatabaseName("timeline_by_encounter");
        });
        modelBuilder.Entity<Grant>(row =>
        {
            row.ToTable("grants").HasKey(g => g.GrantId);
            row.HasIndex(g => new { g.ReportId, g.Organisation }).HasDatabaseName("grants_by_report");
            row.HasIndex(g => new { g.EncounterId, g.Organisation }).HasDatabaseName("grants_by_encounter");
        });
        modelBuilder.Entity<Access>(row =>
        {
            row.ToTable("accesses").HasKey(a => a.AccessId);
            row.HasIndex(a => new { a.ReportId, a.AccessId }).HasDatabaseName("accesses_by_report");
        });
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.FindPrimaryKey()?.Properties ?? []).Where(p => p.ClrType == typeof(Guid)))
            property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        modelBuilder.UseSnakeCase();
    }
}
