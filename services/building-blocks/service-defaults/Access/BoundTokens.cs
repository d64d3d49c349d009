using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// A token that is bound to a certificate (RFC 8705, section 3) is worth nothing on a connection that was not made with this certificate, so a stolen one
/// is worth nothing at all. With <c>Authentication:RequireCertificateBoundTokens</c> no other token is taken.
/// </summary>
internal sealed class BoundTokens(IConfiguration configuration) : IStartCheck
{
    private const string Required = "Authentication:RequireCertificateBoundTokens";
    private const string Header = "Authentication:ClientCertificateHeader";

    // A proxy that ends TLS says in this header (RFC 9440) which certificate it was shown, and takes the header out of what it is sent itself.
    private readonly string? _header = configuration[Header] is { Length: > 0 } name ? name : null;
    private readonly bool _required = configuration.GetValue<bool>(Required);

    public void Check()
    {
        if (_required && _header is null && ClientCertificates.ModeOf(configuration) == ClientCertificates.None)
        {
            throw new StartRefusedException(
                $"{Required} is set, but no certificate can be shown: set {ClientCertificates.Setting} to {ClientCertificates.Allow} or {ClientCertificates.Require}, or {Header} behind a proxy that ends TLS.");
        }
    }

    /// <summary>Whether the token may be used on this connection.</summary>
    public bool MayBeUsed(ClaimsPrincipal token, HttpContext http)
    {
        var confirmations = token.FindAll("cnf").ToList();
        if (confirmations.Count == 0)
            return !_required;
        // A binding of another sort than to a certificate cannot be checked here, and ignoring it would unbind the token.
        return confirmations is [var confirmation]
            && Thumbprint(confirmation.Value) is { } bound
            && ShownOn(http) is { } shown
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(bound), Encoding.ASCII.GetBytes(shown));
    }

    private static string? Thumbprint(string confirmation)
    {
        try
        {
            using var members = JsonDocument.Parse(confirmation);
            return members.RootElement.ValueKind == JsonValueKind.Object
                && members.RootElement.TryGetProperty("x5t#S256", out var thumbprint)
                && thumbprint.ValueKind == JsonValueKind.String
                    ? thumbprint.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string? ShownOn(HttpContext http) => _header is null
        ? http.Connection.ClientCertificate is { } certificate ? Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256)) : null
        : http.Request.Headers[_header] is [{ } field] ? InHeader(field.Trim()) : null;

    // RFC 9440, section 2.1: the certificate's DER as a byte sequence, base64 between colons.
    private static string? InHeader(string field)
    {
        if (field is not [':', .. var base64, ':'])
            return null;
        try
        {
            return Base64Url.EncodeToString(SHA256.HashData(Convert.FromBase64String(base64)));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
