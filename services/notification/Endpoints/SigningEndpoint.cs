using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Where something is sent, and what signs it: all of it sealed.</summary>
/// <param name="Id">The endpoint.</param>
/// <param name="Url">Its address.</param>
/// <param name="Secrets">The secrets that sign for it now, newest first.</param>
internal sealed record SigningEndpoint(Guid Id, SealedData Url, IReadOnlyList<EndpointSecret> Secrets)
{
    /// <summary>In one statement, so that it sees one moment; null when there is no such endpoint of the caller.</summary>
    public static async Task<(WebhookEndpoint Endpoint, SigningEndpoint Signing)?> ReadAsync(NotificationDb db, Caller caller, Guid endpoint, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await db.Endpoints.Of(caller, endpoint).Select(e => new
        {
            Endpoint = e,
            Secrets = db.Secrets.Where(s => s.EndpointId == e.Id && (s.SignsUntil == null || s.SignsUntil > now)).OrderByDescending(s => s.Number).ToList(),
        }).SingleOrDefaultAsync(cancellation);
        return found is null ? null : (found.Endpoint, new(endpoint, found.Endpoint.Url, found.Secrets));
    }

    /// <summary>Opens address and secrets, with one question to the key server.</summary>
    /// <exception cref="SealBrokenException">One was changed.</exception>
    /// <exception cref="KeysUnavailableException">Their keys cannot be unwrapped for the moment.</exception>
    public async Task<Opened> OpenAsync(Sealer sealer, CancellationToken cancellation)
    {
        var opened = await sealer.OpenAsync([EndpointUrl.Cell(Url, Id), .. Secrets.Select(s => s.Cell)], cancellation);
        return new(Encoding.UTF8.GetString(opened[0]), [.. opened.Skip(1)]);
    }

    /// <summary>The same in the clear; the keys are cleared when it is disposed of.</summary>
    internal sealed record Opened(string Url, IReadOnlyList<byte[]> Keys) : IDisposable
    {
        public void Dispose()
        {
            foreach (var key in Keys)
                CryptographicOperations.ZeroMemory(key);
        }
    }
}
