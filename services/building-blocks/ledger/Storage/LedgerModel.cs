using Microsoft.EntityFrameworkCore;
using SafeHarbor.Ledger.Witnesses;

namespace SafeHarbor.Ledger.Storage;

/// <summary>How the ledger's tables are mapped; they come from <c>0002_ledger.sql</c>.</summary>
public static class LedgerModel
{
    /// <summary>Adds the ledger to a service's model. The chain beside it is the chainer's alone and is mapped so that the schema can be checked.</summary>
    public static ModelBuilder AddLedger(this ModelBuilder model)
    {
        model.Entity<LedgerEntry>(row =>
        {
            row.ToTable("ledger").HasKey(e => e.EntryId);
            row.Property(e => e.EntryId).UseIdentityAlwaysColumn();
            row.Property(e => e.Facts).HasColumnType("json");
            row.HasIndex(e => new { e.ReportId, e.EntryId }).HasFilter("(report_id IS NOT NULL)").HasDatabaseName("ledger_by_report");
        });
        model.Entity<UnlinkedEntry>(row =>
        {
            row.ToTable("ledger_unlinked").HasKey(u => u.EntryId);
            row.Property(u => u.EntryId).ValueGeneratedNever();
        });
        model.Entity<Link>(row =>
        {
            row.ToTable("ledger_links").HasKey(l => l.Position);
            row.Property(l => l.Position).ValueGeneratedNever();
            row.HasIndex(l => l.EntryId).IsUnique().HasDatabaseName("ledger_links_entry");
        });
        model.Entity<Checkpoint>(row =>
        {
            row.ToTable("ledger_checkpoints").HasKey(c => c.Position);
            row.Property(c => c.Position).ValueGeneratedNever();
        });
        model.Entity<WitnessedCheckpoint>(row => row.ToTable("ledger_witnessed").HasKey(c => new { c.Ledger, c.Position, c.Hash }));
        model.Entity<HeardLedger>(row => row.ToTable("ledger_heard").HasKey(c => c.Ledger));
        model.Entity<Contradiction>(row =>
        {
            row.ToTable("ledger_contradictions").HasKey(c => new { c.Ledger, c.Position, c.At });
            row.HasIndex(c => c.FoundAt).HasDatabaseName("ledger_contradictions_found");
        });
        return model;
    }
}
