using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// What the library lets pass of a token that the issuer has signed: extensions that are critical (<c>crit</c>, RFC 7515, section 4.1.11: none is understood here, so each is
/// refused), members that are given twice (there and in RFC 8725, section 2.4: one reader takes the first, another the last), and tokens that are for something else than access
/// (RFC 8725, section 3.11).
/// </summary>
internal sealed class TokenForm(IConfiguration configuration)
{
    /// <summary>The issuer writes the type of RFC 9068 into access tokens, and nothing else is one.</summary>
    public const string RequireType = "Authentication:RequireAccessTokenType";

    private static readonly JsonDocumentOptions Exact = new() { AllowDuplicateProperties = false };
    private static readonly string[] AccessTokens = ["at+jwt", "application/at+jwt"];

    // OpenID Connect Core, section 3.1.3.6 and 3.3.2.11: in ID tokens alone. RFC 8417: in security events, such as logouts. A nonce says nothing: Keycloak wrote it into access tokens too.
    private static readonly string[] OthersClaims = ["at_hash", "c_hash", "events"];

    private readonly bool _onlyTyped = configuration.GetValue<bool>(RequireType);

    /// <summary>Why the token is not taken; null when it is.</summary>
    public Exception? RefusalOf(JsonWebToken token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedHeader), Exact);
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), Exact);
            return header.RootElement.TryGetProperty("crit", out _) ? new SecurityTokenMalformedException("crit")
                : !IsAccessToken(header.RootElement) || OthersClaims.Any(name => claims.RootElement.TryGetProperty(name, out _)) ? new SecurityTokenInvalidTypeException("typ")
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return new SecurityTokenMalformedException("twice");
        }
    }

    private bool IsAccessToken(JsonElement header)
    {
        if (!header.TryGetProperty("typ", out var type))
            return !_onlyTyped;
        return type.ValueKind == JsonValueKind.String && type.GetString() is { } name
            && (AccessTokens.Contains(name, StringComparer.OrdinalIgnoreCase) || !_onlyTyped && name.Equals("JWT", StringComparison.OrdinalIgnoreCase));
    }
}
