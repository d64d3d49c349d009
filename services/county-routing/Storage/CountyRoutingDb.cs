using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Drills;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Nodes;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.CountyRouting.Storage;

/// <summary>The service's tables: for reads over HTTP, and as the mapping that the messaging core writes by.</summary>
public sealed class CountyRoutingDb(DbContextOptions<CountyRoutingDb> options) : ServiceDb(options)
{
    public DbSet<Handoff> Handoffs => Set<Handoff>();
    public DbSet<DeskItem> DeskItems => Set<DeskItem>();
    public DbSet<WatchedNode> Nodes => Set<WatchedNode>();
    public DbSet<Drill> Drills => Set<Drill>();
    public DbSet<JurisdictionDecision> JurisdictionDecisions => Set<JurisdictionDecision>();
    public DbSet<StoredPack> Packs => Set<StoredPack>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddLedger();
        modelBuilder.Entity<Handoff>(handoff =>
        {
            handoff.ToTable("handoffs").HasKey(h => h.CorrelationId);
            handoff.Property(h => h.CorrelationId).ValueGeneratedNever();
            handoff.Property(h => h.Child).IsJson();
            handoff.Property(h => h.OuterLines).IsJson();
            handoff.Property(h => h.Pack).IsJson();
            handoff.Property(h => h.Referrals).IsJson();
            handoff.Property(h => h.AlsoAsked).IsJson();
            handoff.Property(h => h.Response).IsJson();
            handoff.Property(h => h.ProposedResponse).IsJson();
            handoff.Property(h => h.Downgraded).IsJson();
            handoff.Property(h => h.Calls).IsJson();
            handoff.Property(h => h.CalledResponse).IsJson();
            handoff.Property(h => h.Told).IsJson();
            handoff.Property(h => h.Supplements).IsJson();
            handoff.Property(h => h.Retracted).IsJson();
            handoff.HasIndex(h => new { h.Organization, h.DueAt, h.OpenedAt, h.CorrelationId, h.Role, h.Urgency })
                .IsDescending(false, false, true, false, false, false).HasDatabaseName("handoffs_of_organization");
            handoff.HasIndex(h => new { h.Organization, h.CurrentState, h.DueAt, h.OpenedAt, h.CorrelationId, h.Role, h.Urgency })
                .IsDescending(false, false, false, true, false, false, false).HasDatabaseName("handoffs_of_state");
            handoff.HasIndex(h => new { h.DueAt, h.OpenedAt, h.CorrelationId, h.CurrentState, h.Role, h.Urgency, h.ReportId })
                .IsDescending(false, true, false, false, false, false, false).HasFilter("(escalation_step > 0)").HasDatabaseName("handoffs_escalated");
        });
        modelBuilder.AddKeeping<Handoff>();
        modelBuilder.Entity<OpenedHandoff>(opened =>
        {
            opened.ToTable("opened_handoffs").HasKey(o => o.HandoffId);
            opened.Property(o => o.HandoffId).ValueGeneratedNever();
            opened.HasIndex(o => o.ReportId).HasDatabaseName("opened_handoffs_of_report");
        });
        modelBuilder.Entity<RecordedCall>(call => call.ToTable("officer_calls").HasKey(c => new { c.EncounterId, c.RecordedAt }));
        modelBuilder.Entity<DeskItem>(item =>
        {
            item.ToTable("desk_items").HasKey(i => i.CorrelationId);
            item.Property(i => i.CorrelationId).ValueGeneratedNever();
            item.Property(i => i.Reports).IsJson();
            item.Property(i => i.PossibleOrganizations).IsJson();
            item.Property(i => i.BetweenOrganizations).IsJson();
            item.Property(i => i.Referral).IsJson();
            item.Property(i => i.OuterLines).IsJson();
            item.Property(i => i.Assignments).IsJson();
            item.Property(i => i.Further).IsJson();
            item.HasIndex(i => i.EncounterId).HasDatabaseName("desk_items_of_encounter");
            item.HasIndex(i => new { i.DueAt, i.OpenedAt, i.CorrelationId }).IsDescending(false, true, false).HasDatabaseName("desk_items_by_due");
        });
        modelBuilder.Entity<WatchedNode>(node =>
        {
            node.ToTable("nodes").HasKey(n => n.CorrelationId);
            node.Property(n => n.CorrelationId).ValueGeneratedNever();
            node.Property(n => n.Organizations).IsJson();
        });
        modelBuilder.Entity<Drill>(drill =>
        {
            drill.ToTable("drills").HasKey(d => d.CorrelationId);
            drill.Property(d => d.CorrelationId).ValueGeneratedNever();
            drill.HasIndex(d => new { d.Organization, d.DueAt, d.StartedAt, d.CorrelationId }).IsDescending(false, false, true, false).HasDatabaseName("drills_of_organization");
            drill.HasIndex(d => new { d.DueAt, d.StartedAt, d.CorrelationId }).IsDescending(false, true, false).HasDatabaseName("drills_by_due");
        });
        modelBuilder.Entity<JurisdictionDecision>(decision =>
        {
            decision.ToTable("jurisdiction_decisions").HasKey(d => new { d.EncounterId, d.DecisionId });
            decision.Property(d => d.Told).IsJson();
            decision.Property(d => d.Facts).IsJson();
            decision.Property(d => d.Evidence).IsJson();
            decision.Property(d => d.Reports).IsJson();
            decision.Property(d => d.Versions).IsJson();
            decision.HasIndex(d => d.DecidedAt).HasMethod("brin").HasDatabaseName("jurisdiction_decisions_by_time");
        });
        modelBuilder.Entity<StoredPack>(pack =>
        {
            pack.ToTable("protocol_packs").HasKey(p => new { p.CountyFips, p.Version });
            pack.Ignore(p => p.Whole);
            pack.Property(p => p.Pack).IsJson();
        });
        modelBuilder.UseSnakeCase();
    }
}
