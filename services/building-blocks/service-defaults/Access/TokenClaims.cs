using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Which claims hold the organization and the scopes, for issuers that cannot call them <c>org</c> and <c>scope</c>: <c>Authentication:OrganizationClaim</c>
/// and <c>Authentication:ScopeClaim</c>, a claim's name (<c>scp</c>) or a path into one (<c>realm_access.roles</c>).
/// </summary>
internal sealed class TokenClaims(IConfiguration configuration)
{
    public const string Organization = "org";
    public const string Scope = "scope";

    private readonly string _organization = configuration["Authentication:OrganizationClaim"] is { Length: > 0 } name ? name : Organization;
    private readonly string _scope = configuration["Authentication:ScopeClaim"] is { Length: > 0 } name ? name : Scope;

    /// <summary>Gives what the configured claims hold the usual names; claims that had these names before are somebody else's and go.</summary>
    public void Name(ClaimsIdentity identity)
    {
        Name(identity, _organization, Organization);
        Name(identity, _scope, Scope);
    }

    private static void Name(ClaimsIdentity identity, string from, string to)
    {
        if (from == to)
            return;
        var values = Values(identity, from);
        foreach (var other in identity.FindAll(to).ToList())
            identity.RemoveClaim(other);
        identity.AddClaims(values.Select(value => new Claim(to, value)));
    }

    private static List<string> Values(ClaimsIdentity identity, string path)
    {
        var whole = identity.FindAll(path).Select(claim => claim.Value).ToList();
        return whole.Count > 0 || !path.Contains('.', StringComparison.Ordinal) || identity.FindFirst(path[..path.IndexOf('.', StringComparison.Ordinal)]) is not { } holder
            ? whole
            : [.. Inside(holder.Value, path.Split('.')[1..])];
    }

    private static IEnumerable<string> Inside(string json, string[] path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = document.RootElement;
            foreach (var name in path)
                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                    return [];
            return found.ValueKind switch
            {
                JsonValueKind.String => [found.GetString()!],
                JsonValueKind.Array => [.. found.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
