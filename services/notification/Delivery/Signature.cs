using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.Notification.Delivery;

/// <summary>The symmetric signature of Standard Webhooks 1.0.0.</summary>
internal static class Signature
{
    /// <summary><c>v1,</c> and the base64 of HMAC-SHA256 over <c>id.timestamp.body</c>, for each key; several are separated by spaces.</summary>
    public static string Of(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> keys)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{Timestamp(at)}."), .. body];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content))));
    }

    /// <summary>Seconds since 1970, as the header writes them.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
