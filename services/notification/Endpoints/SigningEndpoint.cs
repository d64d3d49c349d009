using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>An endpoint with the secrets that sign for it now, newest first.</summary>
internal sealed record SigningEndpoint(WebhookEndpoint Endpoint, IReadOnlyList<EndpointSecret> Secrets)
{
    /// <summary>In one statement, so that it sees one moment; null when there is no such endpoint.</summary>
    public static async Task<SigningEndpoint?> ReadAsync(NotificationDb db, Guid endpoint, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await db.Endpoints.Where(e => e.Id == endpoint).Select(e => new
        {
            Endpoint = e,
            Secrets = db.Secrets.Where(s => s.EndpointId == e.Id && (s.SignsUntil == null || s.SignsUntil > now)).OrderByDescending(s => s.Number).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : new(found.Endpoint, found.Secrets);
    }
}
