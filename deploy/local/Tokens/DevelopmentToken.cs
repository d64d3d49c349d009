using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafeHarbor.Local.Tokens;

/// <summary>Writes JSON Web Tokens (RFC 7519) signed with ES256, as an OpenID Connect issuer would.</summary>
internal static class DevelopmentToken
{
    public const string Issuer = "safeharbor-development";
    public const string Audience = "safeharbor";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static string Sign(ECDsa key, string organization, IEnumerable<string> scopes, string subject, DateTimeOffset now)
    {
        var header = Encoded(new { alg = "ES256", typ = "JWT" });
        var claims = Encoded(new
        {
            iss = Issuer,
            aud = Audience,
            sub = subject,
            org = organization,
            scope = string.Join(' ', scopes),
            iat = now.ToUnixTimeSeconds(),
            nbf = now.ToUnixTimeSeconds(),
            exp = (now + Lifetime).ToUnixTimeSeconds(),
            jti = Guid.NewGuid(),
        });
        var signed = $"{header}.{claims}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
