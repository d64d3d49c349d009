using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafeHarbor.Client.Notification;

namespace SafeHarbor.Client;

/// <summary>
/// What every receiver of webhooks must do (Standard Webhooks 1.0.0): believe only what is signed with the endpoint's secret and was sent just now. What came
/// before is recognized by its <c>webhook-id</c>, which is the receiver's to keep.
/// </summary>
public sealed class WebhookVerifier
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";

    private readonly List<byte[]> _keys;

    /// <summary>A verifier for one endpoint.</summary>
    /// <param name="secrets">Its secrets, <c>whsec_…</c>: one, and while it is rotated the old one too.</param>
    /// <exception cref="ArgumentException">There is none, or one cannot be read.</exception>
    public WebhookVerifier(params IReadOnlyCollection<string> secrets)
    {
        _keys = [.. secrets.Select(KeyOf)];
        if (_keys.Count == 0)
            throw new ArgumentException("Give the secret that the service told when the endpoint was registered.", nameof(secrets));
    }

    /// <summary>How far the sender's clock may be away from the receiver's.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The notice that a request brings.</summary>
    /// <param name="header">Gives a header of the request by its name; null when it is not there.</param>
    /// <param name="body">The request's body, byte for byte as it came.</param>
    /// <exception cref="WebhookRefusedException">It is not to be believed, or cannot be read; answer with 400.</exception>
    public CloudEvent Read(Func<string, string?> header, ReadOnlySpan<byte> body)
    {
        if (header("webhook-id") is not { Length: > 0 } id || header("webhook-timestamp") is not { } timestamp || header("webhook-signature") is not { } signatures)
            throw new WebhookRefusedException("Headers of a signed webhook are missing.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs((double)Time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            throw new WebhookRefusedException("It was not sent just now. If it was, the clocks of sender and receiver differ.");
        if (!IsSigned([.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body], signatures))
            throw new WebhookRefusedException("It is not signed with the secret of this endpoint.");
        try
        {
            return JsonSerializer.Deserialize<CloudEvent>(body, Json.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new WebhookRefusedException("It is signed, but this version of the client cannot read it.", e);
        }
    }

    // Compared in constant time, so that a forger learns nothing from how long it took.
    private bool IsSigned(byte[] content, string signatures)
    {
        var right = _keys.ConvertAll(key => Encoding.ASCII.GetBytes(Version + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
        return signatures.Split(' ').Select(Encoding.UTF8.GetBytes).Any(given => right.Exists(one => CryptographicOperations.FixedTimeEquals(one, given)));
    }

    private static byte[] KeyOf(string secret)
    {
        var key = new byte[secret.Length];
        return secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], key, out var length) && length > 0
            ? key[..length]
            : throw new ArgumentException($"A secret begins with {Prefix}, and base64 follows.");
    }
}
