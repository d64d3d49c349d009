using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Who calls, from a validated token. A minimal-API endpoint takes it as a parameter; behind <c>RequireScope</c> it is always there.
/// </summary>
/// <param name="Subject">The token's <c>sub</c>, where it has the form of an identifier; else <c>sha256:</c> and 32 hexadecimal digits of its hash; it has 1 to 255 characters without control characters: whatever an issuer writes there, no text gets into records.</param>
/// <param name="Organization">The token's <c>org</c>: for whom the caller acts.</param>
/// <param name="Scopes">The token's <c>scope</c>, split.</param>
public sealed partial record Caller(string Subject, Organization Organization, IReadOnlySet<string> Scopes)
{
    private const int LongestSubject = 255;

    /// <summary>Whether the token carries <paramref name="scope"/>.</summary>
    public bool May(string scope) => Scopes.Contains(scope);

    /// <summary>The caller behind <paramref name="user"/>; false when it is not authenticated or <c>sub</c> or <c>org</c> is missing, repeated or malformed.</summary>
    public static bool TryFrom(ClaimsPrincipal user, [NotNullWhen(true)] out Caller? caller)
    {
        caller = user.Identity is { IsAuthenticated: true }
            && Only(user, "sub") is { Length: > 0 and <= LongestSubject } subject && !subject.Any(char.IsControl)
            && Organization.TryParse(Only(user, TokenClaims.Organization), out var organization)
                ? new Caller(Identifier(subject), organization, ScopesOf(user))
                : null;
        return caller is not null;
    }

    /// <summary>The caller behind <paramref name="user"/>; throws <see cref="InvalidOperationException"/> when there is none, which behind
    /// <c>RequireScope</c> cannot be.</summary>
    public static Caller From(ClaimsPrincipal user) =>
        TryFrom(user, out var caller) ? caller : throw new InvalidOperationException("No caller: the endpoint lacks RequireScope.");

    /// <summary>Binds a minimal-API parameter; null for an anonymous request (declare it <c>Caller?</c> on an anonymous endpoint).</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(TryFrom(context.User, out var caller) ? caller : null);

    private static string Identifier(string subject) => IdentifierForm().IsMatch(subject) ? subject : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 16))}";

    // As issuers write them: UUIDs, numbers, user names, mail addresses, "auth0|…", distinguished names without blanks.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:@|/+=,-]{0,127}\z")]
    private static partial Regex IdentifierForm();

    private static string? Only(ClaimsPrincipal user, string claim)
    {
        using var found = user.FindAll(claim).GetEnumerator();
        return found.MoveNext() && found.Current.Value is var value && !found.MoveNext() ? value : null;
    }

    // RFC 8693 writes one space-separated string; some issuers write an array, which arrives as several claims.
    private static HashSet<string> ScopesOf(ClaimsPrincipal user) =>
        [.. user.FindAll(TokenClaims.Scope).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
