using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SafeHarbor.Local.Demo;

/// <summary>What every receiver of the webhooks must check (Standard Webhooks 1.0.0): one of the signatures, and that it is not an old message again.</summary>
internal static class StandardWebhook
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsGenuine(string secret, string? id, string? timestamp, string? signatures, string body, DateTimeOffset now)
    {
        if (id is null || signatures is null || !long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            return false;

        var key = Convert.FromBase64String(secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret["whsec_".Length..] : secret);
        var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"))));
        // Two while a secret is being rotated; in constant time, so that a forger learns nothing from how long it took.
        return signatures.Split(' ').Any(signature => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), expected));
    }

    /// <summary>Answers a webhook that was taken: with the challenge of a test, which makes the endpoint one that gets notices, and with nothing else.</summary>
    public static Task TakeAsync(HttpResponse response, string body)
    {
        using var webhook = JsonDocument.Parse(body);
        if (webhook.RootElement.GetProperty("data").TryGetProperty("challenge", out var challenge))
            return response.WriteAsJsonAsync(new { challenge = challenge.GetString() });
        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
