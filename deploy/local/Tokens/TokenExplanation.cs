using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SafeHarbor.Local.Tokens;

/// <summary>What a token says, and what its bearer may do with it in this checkout's installation.</summary>
/// <param name="Token">The token itself.</param>
/// <param name="Subject">Who calls (<c>sub</c>).</param>
/// <param name="Organization">For whom (<c>org</c>).</param>
/// <param name="Scopes">What the token carries (<c>scope</c>).</param>
/// <param name="Issuer">Who says so (<c>iss</c>).</param>
/// <param name="Audience">To whom (<c>aud</c>).</param>
/// <param name="ExpiresAt">Until when (<c>exp</c>).</param>
/// <param name="Refused">Why a service does not take it, in the service's words; null when it does.</param>
/// <param name="MayCall">The operations of docs/access.md that it opens, by service; none when it is refused.</param>
internal sealed record TokenExplanation(string Token, string? Subject, string? Organization, IReadOnlyList<string> Scopes, string? Issuer,
    IReadOnlyList<string> Audience, DateTimeOffset? ExpiresAt, string? Refused, IReadOnlyDictionary<string, IReadOnlyList<TokenExplanation.Operation>> MayCall)
{
    /// <param name="Method">The method.</param>
    /// <param name="Path">The path as in the OpenAPI document.</param>
    /// <param name="Relation">What the organization must have to do with the record; <c>any</c> when nothing.</param>
    internal sealed record Operation(string Method, string Path, string Relation);

    /// <exception cref="FormatException">It is no token.</exception>
    public static TokenExplanation Of(string token, DevelopmentKeys keys, DateTimeOffset now)
    {
        var claims = ClaimsOf(token);
        var expires = claims.TryGetProperty("exp", out var exp) && exp.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        string[] scopes = [.. Texts(claims, "scope").SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        var (issuer, audience) = (Text(claims, "iss"), Texts(claims, "aud"));
        var refused = issuer != DevelopmentToken.Issuer || !keys.HasSigned(token) ? "The token is not signed by the issuer"
            : !audience.Contains(DevelopmentToken.Audience) ? "The token is not for this audience"
            : expires is null || expires < now ? "The token has expired"
            : null;
        var organization = Contracts.Organization.TryParse(Text(claims, "org"), out var named) ? named.Text : "";
        return new(token, Text(claims, "sub"), Text(claims, "org"), scopes, issuer, audience, expires, refused,
            AccessTable.Rows.Where(row => refused is null && row.Admits(organization, scopes)).GroupBy(row => row.Service.Name)
                .ToDictionary(rows => rows.Key, IReadOnlyList<Operation> (rows) => [.. rows.Select(row => new Operation(row.Method.Method, row.Path, row.Relation))]));
    }

    /// <summary>The same for people.</summary>
    public string InWords(DateTimeOffset now)
    {
        var text = new StringBuilder();
        void Say(string what, string words) => text.AppendLine($"{what,-10}{words}".TrimEnd());

        Say("for", $"{Organization ?? "no organization"}, called by {Subject ?? "nobody"}");
        Say("issued by", $"{Issuer ?? "nobody"}, for the audience {(Audience.Count > 0 ? string.Join(", ", Audience) : "of nobody")}");
        Say("until", ExpiresAt is not { } end ? "nobody knows when" : $"{end:yyyy-MM-dd HH:mm:ss} UTC, {(end < now ? $"{Length(now - end)} ago" : $"in {Length(end - now)}")}");
        Say("scopes", Scopes.Count > 0 ? string.Join(' ', Scopes) : "none");
        if (MayCall.Count == 0)
            Say("may call", $"nothing{(Refused is null ? " that asks for a token" : $": {Refused}")}");
        foreach (var (service, operations) in MayCall)
        {
            text.AppendLine().AppendLine($"may call at {service}");
            foreach (var operation in operations)
                text.AppendLine($"  {operation.Method,-7}{operation.Path,-52}{(operation.Relation == "any" ? "" : operation.Relation)}".TrimEnd());
        }

        return text.ToString().TrimEnd();
    }

    private static string Length(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : $"{time.Minutes} min {time.Seconds} s";

    private static JsonElement ClaimsOf(string token)
    {
        try
        {
            if (token.Split('.') is [_, var claims, _] && JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(claims)) is { ValueKind: JsonValueKind.Object } read)
                return read;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
        }

        throw new FormatException("The token cannot be read: it is not header, claims and signature in base64url with periods between them.");
    }

    private static string? Text(JsonElement claims, string name) => Texts(claims, name) is [var one] ? one : null;

    private static string[] Texts(JsonElement claims, string name) => !claims.TryGetProperty(name, out var claim) ? []
        : claim.ValueKind == JsonValueKind.Array ? [.. claim.EnumerateArray().Select(one => one.ToString())]
        : [claim.ToString()];
}
