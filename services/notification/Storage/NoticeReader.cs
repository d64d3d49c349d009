using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Storage;

/// <summary>An endpoint with the secrets that sign for it now, newest first.</summary>
internal sealed record SigningEndpoint(WebhookEndpoint Endpoint, IReadOnlyList<EndpointSecret> Secrets);

/// <summary>What the worker reads, each in one statement, so that it sees one moment.</summary>
internal static class NoticeReader
{
    public static Task<NoticeState?> StateAsync(this NotificationDb db, Guid notice, CancellationToken cancellation) =>
        db.Notices.Where(n => n.Id == notice).Select(n => new NoticeState(
            n,
            db.Deliveries.Where(d => d.NoticeId == n.Id).ToList(),
            db.Entries.Where(e => e.NoticeId == n.Id).Max(e => (int?)e.Number) ?? 0,
            db.Entries.Count(e => e.NoticeId == n.Id && e.Kind == JournalKinds.Attempted))).SingleOrDefaultAsync(cancellation);

    public static async Task<SigningEndpoint?> SigningEndpointAsync(this NotificationDb db, Guid endpoint, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var found = await db.Endpoints.Where(e => e.Id == endpoint).Select(e => new
        {
            Endpoint = e,
            Secrets = db.Secrets.Where(s => s.EndpointId == e.Id && (s.SignsUntil == null || s.SignsUntil > now)).OrderByDescending(s => s.Number).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : new(found.Endpoint, found.Secrets);
    }

    /// <summary>The database's clock, by which deliveries are due.</summary>
    public static Task<DateTimeOffset> NowAsync(this NotificationDb db, CancellationToken cancellation) =>
        db.Database.SqlQuery<DateTimeOffset>($"""select now() as "Value" """).SingleAsync(cancellation);
}
