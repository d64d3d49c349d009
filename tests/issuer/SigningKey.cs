using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Issuer;

/// <summary>A key of the issuer; withdrawn, it still signs, as it would for whoever has stolen it.</summary>
internal sealed class SigningKey(string kid) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Kid => kid;

    public bool IsPublished { get; set; } = true;

    /// <summary>As RFC 7517 writes it.</summary>
    public object Published
    {
        get
        {
            var point = _key.ExportParameters(false).Q;
            return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
        }
    }

    public string Sign(JsonNode claims)
    {
        var signed = $"{Encoded(new { alg = "ES256", typ = "at+jwt", kid })}.{Encoded(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encoded<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
