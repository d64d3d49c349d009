using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// What is told of a token that was sent and not taken: one of five sentences, or none. Nothing that the token holds is in them, and of one that the issuer has
/// not signed nothing else is said, whatever it holds.
/// </summary>
/// <param name="Why">The sentence, without its period; null when none of the five is true, as of a token that is not valid yet or that is bound to another connection.</param>
internal sealed record RefusedToken(string? Why)
{
    /// <summary>RFC 6750, section 3.1: expired, malformed or invalid for other reasons.</summary>
    public const string ErrorCode = "invalid_token";

    public static RefusedToken Of(Exception failure) => new(failure switch
    {
        SecurityTokenExpiredException => "The token has expired",
        SecurityTokenInvalidAudienceException => "The token is not for this audience",
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidIssuerException => "The token is not signed by the issuer",
        SecurityTokenInvalidTypeException => "The token is no access token",
        // The library throws the first of these at what is no JSON, no base64 and no token at all, the second at what is encrypted.
        ArgumentException or SecurityTokenDecryptionFailedException => "The token cannot be read",
        _ => null,
    });
}
