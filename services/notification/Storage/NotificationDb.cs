using Microsoft.EntityFrameworkCore;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Feed;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Storage;

/// <summary>Reads and model; writes that come with messages go through <see cref="UnitStore"/>.</summary>
internal sealed class NotificationDb(DbContextOptions<NotificationDb> options) : ServiceDb(options)
{
    public const string Journal = "journal_pkey";
    public const string Feed = "notices_feed";

    private const string Pending = $"(state = '{DeliveryStates.Pending}'::text)";
    private const string InFeed = $"(state = '{NoticeStates.InFeed}'::text)";
    private const string Requested = $"(state = '{NoticeStates.Requested}'::text)";

    public DbSet<WebhookEndpoint> Endpoints => Set<WebhookEndpoint>();
    public DbSet<EndpointSecret> Secrets => Set<EndpointSecret>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeDelivery> Deliveries => Set<NoticeDelivery>();
    public DbSet<JournalEntry> Entries => Set<JournalEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddLedger();
        modelBuilder.Entity<WebhookEndpoint>(row =>
        {
            row.ToTable("endpoints").Ignore(e => e.Url).Property(e => e.Id).ValueGeneratedNever();
            row.HasIndex(e => new { e.Organization, e.Id }).HasDatabaseName("endpoints_organization");
        });
        modelBuilder.Entity<EndpointSecret>(row =>
        {
            row.ToTable("endpoint_secrets").HasKey(s => new { s.EndpointId, s.Number });
            row.Property(s => s.Number).ValueGeneratedNever();
        });
        modelBuilder.Entity<Notice>(row =>
        {
            row.ToTable("notices").Property(n => n.Id).ValueGeneratedNever();
            row.HasIndex(n => new { n.Organization, n.Number }).IsUnique().HasDatabaseName(Feed);
            row.Property(n => n.DeliverBy).ValueGeneratedOnAddOrUpdate();
            row.HasIndex(n => new { n.Organization, n.DeliverBy, n.RequestedAt, n.Id }).IsDescending(false, false, true, false).HasDatabaseName("notices_by_due");
            row.HasIndex(n => n.RequestedAt).HasFilter(Requested).HasDatabaseName("notices_requested");
            row.HasIndex(n => n.ReadBy).HasFilter(InFeed).HasDatabaseName("notices_in_feed");
        });
        modelBuilder.Entity<FeedReader>().ToTable("feed_readers").HasKey(r => r.Organization);
        modelBuilder.Entity<NoticeDelivery>(row =>
        {
            row.ToTable("deliveries").Property(d => d.Id).ValueGeneratedNever();
            row.HasIndex(d => d.NoticeId).HasDatabaseName("deliveries_notice");
            row.HasIndex(d => new { d.EndpointId, d.DueAt }).HasFilter(Pending).HasDatabaseName("deliveries_of_endpoint");
            row.HasIndex(d => d.DueAt).HasFilter(Pending).HasDatabaseName("deliveries_due");
        });
        modelBuilder.Entity<JournalEntry>(row =>
        {
            row.ToTable("journal").HasKey(e => new { e.NoticeId, e.Number });
            row.Property(e => e.Number).ValueGeneratedNever();
        });
        modelBuilder.UseSnakeCase();
    }
}
