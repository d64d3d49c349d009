using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>The security scheme: bearer tokens of whatever issuer the installation trusts, with the scopes that this document's operations ask for.</summary>
internal static class ApiScopes
{
    public const string Scheme = "bearer";

    private const string Tokens =
        "A JWT with the claims `sub`, `org` (`le:<ORI>`, `county:<FIPS>`, `provider:<slug>`, `da:<FIPS>`, `state:<two letters>`), `scope`, `aud` and `exp`, "
        + "from the OpenID Connect issuer of the installation, whose operator says where tokens are got; the address below stands for it. "
        + "Signatures and certificate-bound tokens as in RFC8725 and RFC8705.";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["audit.read"] = "See checkpoints of the ledger and findings of unusual reading.",
        ["capacity.write"] = "Say how many places of a provider are free.",
        ["desk.act"] = "Decide at the statewide desk where a report belongs.",
        ["directory.write"] = "Publish how a county wants to be reached.",
        ["emergency.review"] = "Review emergency accesses.",
        ["encounters.read"] = "Follow the agency's own encounters, and look up counties.",
        ["encounters.write"] = "Report encounters, and record the telephone report.",
        ["endpoints.manage"] = "Keep the organization's webhook endpoints, and look after its notices.",
        ["feed.read"] = "Poll the organization's notices.",
        ["handoffs.act"] = "Acknowledge and accept handoffs, and decide on access to a need's report.",
        ["handoffs.read"] = "See handoffs and needs.",
        ["offers.act"] = "See and answer offers, and say how a need goes on.",
        ["operations.act"] = "Send parked messages again, or discard them.",
        ["operations.read"] = "See parked messages and how the keys stand.",
        ["providers.write"] = "Keep the directory of providers.",
        ["reporter.read"] = "See the reporter's identity in a report that may be read.",
        ["reports.emergency"] = "Open a report in an emergency.",
        ["reports.read"] = "Read reports under a grant.",
        ["retention.act"] = "Carry out retention and sealing orders.",
    };

    public static OpenApiSecurityScheme Of(IEnumerable<ScopeRequirement> demands) => new()
    {
        Type = SecuritySchemeType.OAuth2,
        Description = Tokens,
        Flows = new()
        {
            ClientCredentials = new()
            {
                TokenUrl = new("https://issuer.example/token"),
                Scopes = ScopesOf(demands).Order(StringComparer.Ordinal).ToDictionary(scope => scope, scope => Meanings.GetValueOrDefault(scope, "")),
            },
        },
    };

    private static IEnumerable<string> ScopesOf(IEnumerable<ScopeRequirement> demands) =>
        demands.SelectMany(demand => ScopeRequirement.ScopesOf([demand])).SelectMany(scopes => scopes).Distinct();
}
