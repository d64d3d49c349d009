using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.CaseServices.Storage;

/// <summary>The service's tables.</summary>
public sealed class CaseServicesDb(DbContextOptions<CaseServicesDb> options) : ServiceDb(options)
{
    public DbSet<Need> Needs => Set<Need>();
    public DbSet<Offer> Offers => Set<Offer>();
    public DbSet<ProviderRow> Providers => Set<ProviderRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddLedger();
        modelBuilder.Entity<Need>(need =>
        {
            need.ToTable("needs").HasKey(n => n.CorrelationId);
            need.Property(n => n.CorrelationId).ValueGeneratedNever();
            need.Property(n => n.Languages).IsJson();
            need.Property(n => n.Asked).IsJson();
            need.Ignore(n => n.Sought);
            need.HasIndex(n => new { n.Responder, n.DueAt, n.OpenedAt, n.CorrelationId }).IsDescending(false, false, true, false).HasDatabaseName("needs_of_responder");
            need.HasIndex(n => new { n.AcceptedBy, n.DueAt, n.OpenedAt, n.CorrelationId }).IsDescending(false, false, true, false).HasFilter("(accepted_by IS NOT NULL)").HasDatabaseName("needs_of_provider");
            need.HasIndex(n => n.Responder).HasFilter("(current_state = 'UNFILLED'::text)").HasDatabaseName("needs_unfilled");
        });
        modelBuilder.Entity<Offer>(offer =>
        {
            offer.ToTable("offers").HasKey(o => o.OfferId);
            offer.Property(o => o.OfferId).ValueGeneratedNever();
            offer.Property(o => o.Languages).IsJson();
            offer.HasIndex(o => new { o.Provider, o.DueAt, o.MadeAt, o.OfferId }).IsDescending(false, false, true, false).HasDatabaseName("offers_of_provider");
        });
        modelBuilder.Entity<ProviderRow>(provider =>
        {
            provider.ToTable("providers").HasKey(p => p.Slug);
            provider.Property(p => p.Document).IsJson();
            provider.Property(p => p.Available).IsJson();
            provider.Property(p => p.Words).IsJson();
        });
        modelBuilder.UseSnakeCase();
    }
}
