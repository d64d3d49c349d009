using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.EmergencyAccesses;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Oversight;
using SafeHarbor.Intake.Retention;
using SafeHarbor.Intake.Retractions;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Supplements;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Intake.Whereabouts;
using SafeHarbor.Intake.Workers;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.Intake.Storage;

/// <summary>Intake's tables, for reading. Writes go through units of work.</summary>
public sealed class IntakeDb(DbContextOptions<IntakeDb> options) : ServiceDb(options)
{
    public DbSet<Encounter> Encounters => Set<Encounter>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<TelephoneReport> TelephoneReports => Set<TelephoneReport>();
    public DbSet<Telling> Tellings => Set<Telling>();
    public DbSet<Worker> Workers => Set<Worker>();
    public DbSet<Supplement> Supplements => Set<Supplement>();
    public DbSet<Retraction> Retractions => Set<Retraction>();
    public DbSet<ReportClock> Clocks => Set<ReportClock>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<EmergencyAccess> EmergencyAccesses => Set<EmergencyAccess>();
    public DbSet<Destruction> Destructions => Set<Destruction>();
    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    /// <summary>The reports that may be about the same child as this one, as JSON and as far as the reader may see them.</summary>
    [DbFunction("alike_to", IsBuiltIn = true)]
    public static string AlikeTo(Guid reportId) => throw new NotSupportedException();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddLedger();
        modelBuilder.Entity<Encounter>(row =>
        {
            row.ToTable("encounters").HasKey(e => e.EncounterId);
            row.Property(e => e.CustodyGrounds).IsJson();
            row.Property(e => e.UnderstoodPlace).IsJson();
            row.Property(e => e.PresentPlace).IsJson();
            row.HasIndex(e => new { e.AgencyOri, e.IncidentNumber, e.Content }).IsUnique().HasDatabaseName(Encounter.NaturalKey);
            row.HasIndex(e => new { e.AgencyOri, e.EncounterId }).HasDatabaseName("encounters_by_agency");
            row.HasIndex(e => e.IncidentNumber).HasDatabaseName("encounters_by_incident");
        });
        modelBuilder.Entity<Report>(row =>
        {
            row.ToTable("reports").HasKey(r => r.ReportId);
            row.Property(r => r.Languages).IsJson();
            row.Property(r => r.Needs).IsJson();
            row.Ignore(r => r.MayBeSameAs);
            row.HasIndex(r => new { r.FullName, r.ReportId }).HasFilter("(full_name IS NOT NULL)").HasDatabaseName("reports_by_full_name");
            row.HasIndex(r => new { r.GivenAndBirth, r.ReportId }).HasFilter("(given_and_birth IS NOT NULL)").HasDatabaseName("reports_by_given_and_birth");
            row.HasIndex(r => r.SameChildAs).HasFilter("(same_child_as IS NOT NULL)").HasDatabaseName("reports_by_same_child");
            row.HasIndex(r => new { r.EncounterId, r.Child }).HasDatabaseName("reports_by_encounter");
        });
        modelBuilder.Entity<TelephoneReport>(row =>
        {
            row.ToTable("telephone_reports").HasKey(t => t.TelephoneReportId);
            row.HasIndex(t => new { t.EncounterId, t.RecordedAt }).HasDatabaseName("telephone_reports_by_encounter");
        });
        modelBuilder.Entity<Telling>(row =>
        {
            row.ToTable("whereabouts").HasKey(t => t.TellingId);
            row.Ignore(t => t.Shown).Ignore(t => t.Event);
            row.HasIndex(t => new { t.ReportId, t.Since, t.ToldAt }).HasDatabaseName("whereabouts_by_report");
        });
        modelBuilder.Entity<Worker>(row =>
        {
            row.ToTable("workers").HasKey(w => w.WorkerId);
            row.HasIndex(w => new { w.ReportId, w.AssignedAt }).HasDatabaseName("workers_by_report");
        });
        modelBuilder.Entity<Supplement>(row =>
        {
            row.ToTable("supplements").HasKey(s => s.SupplementId);
            row.Property(s => s.Tells).IsJson();
            row.Property(s => s.Child).IsJson();
            row.Ignore(s => s.Shown);
            row.HasIndex(s => new { s.ReportId, s.Sequence }).IsUnique().HasDatabaseName(Supplement.NextInReport);
        });
        modelBuilder.Entity<Retraction>(row =>
        {
            row.ToTable("retractions").HasKey(r => r.ReportId).HasName(Retraction.Once);
            row.Ignore(r => r.Shown);
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
        modelBuilder.Entity<KnownHotline>().ToTable("hotlines").HasKey(h => new { h.Organization, h.Phone, h.VerifiedAt });
        modelBuilder.Entity<CoveringProvider>(row =>
        {
            row.ToTable("coverage").HasKey(c => c.Provider);
            row.Property(c => c.Listed).IsJson();
        });
        modelBuilder.Entity<Responder>().ToTable("responders").HasKey(r => new { r.ReportId, r.Since });
        modelBuilder.Entity<GrantEnd>().ToTable("grant_ends").HasKey(g => g.GrantId);
        modelBuilder.Entity<Grant>(row =>
        {
            row.ToTable("grants").HasKey(g => g.GrantId);
            row.HasIndex(g => new { g.ReportId, g.Organization }).HasDatabaseName("grants_by_report");
            row.HasIndex(g => new { g.EncounterId, g.Organization }).HasDatabaseName("grants_by_encounter");
        });
        modelBuilder.Entity<RetentionRule>(row =>
        {
            row.ToTable("retention_rules").HasKey(r => r.HandoffId);
            row.HasIndex(r => r.ReportId).HasDatabaseName("retention_rules_by_report");
        });
        modelBuilder.Entity<Destruction>(row =>
        {
            row.ToTable("destructions").HasKey(d => d.ReportId);
            row.Property(d => d.KeyIds).IsJson();
            row.HasIndex(d => d.OrderedAt).HasFilter("(destroyed_at IS NULL)").HasDatabaseName("destructions_unfinished");
            row.HasIndex(d => d.DestroyedAt).HasFilter("(destroyed_at IS NOT NULL)").HasDatabaseName("destructions_by_time");
        });
        modelBuilder.Entity<EmergencyAccess>(row =>
        {
            row.ToTable("emergency_accesses").HasKey(a => a.CorrelationId);
            row.Ignore(a => a.Grant);
            row.HasIndex(a => new { a.Reviewer, a.DueAt, a.OpenedAt, a.CorrelationId }).IsDescending(false, false, true, false).HasDatabaseName("emergency_accesses_by_reviewer");
        });
        modelBuilder.Entity<LedgerEntry>().HasIndex(e => new { e.Organization, e.Subject, e.At })
            .HasFilter("(action = ANY (ARRAY['report.read'::text, 'report.refused'::text]))").HasDatabaseName("ledger_by_reader");
        modelBuilder.Entity<UnusualReadingRow>(row => row.ToTable("unusual_readings").HasKey(r => r.UnusualReadingId));
        modelBuilder.Entity<WatchPosition>(row => row.ToTable("watch_positions").HasKey(w => w.Watch));
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.FindPrimaryKey()?.Properties ?? []).Where(p => p.ClrType == typeof(Guid)))
            property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        modelBuilder.UseSnakeCase();
    }
}
