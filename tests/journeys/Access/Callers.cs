using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Journeys.Tests.Access;

/// <summary>Somebody who calls an endpoint.</summary>
/// <param name="Description">For a person who reads what went wrong.</param>
/// <param name="Token">Null when none is sent.</param>
/// <param name="IsKnown">Whether the token is valid.</param>
/// <param name="Organization">Empty when the token names none in the right form.</param>
/// <param name="Scopes">What the token carries.</param>
internal sealed record TestCaller(string Description, string? Token, bool IsKnown, string Organization, IReadOnlyCollection<string> Scopes)
{
    /// <summary>What it is told that is not known.</summary>
    public string Challenge { get; init; } = "Bearer";
}

/// <summary>Everybody who might call: every kind of organization, the one that plays in the journey and another, with enough scopes, too few and too many.</summary>
internal sealed class Callers(DevelopmentKeys keys, IReadOnlyList<string> everyScope)
{
    private static readonly string[] Organizations =
    [
        "le:CA0194200", "le:CA0300000", "county:06037", "county:06067", "provider:harbor-house", "provider:open-door", "provider:common-counsel",
        "da:06037", "da:06067", "state:ca", "state:nv",
    ];

    private static readonly string[] NoOrganizations = ["club:x", "le:ca0194200", "county:06037 state:ca"];

    public IEnumerable<TestCaller> For(AccessRow row)
    {
        var expired = keys.Token(Organizations[0], everyScope, issuedAt: DateTimeOffset.UtcNow.AddDays(-2));
        yield return new("nobody", null, false, "", []);
        yield return new("somebody with an expired token", expired, false, "", []) { Challenge = Invalid("The token has expired") };
        yield return new("somebody with a broken token", keys.Token(Organizations[0], everyScope)[..^4] + "AAAA", false, "", [])
        {
            Challenge = Invalid("The token is not signed by the issuer"),
        };
        foreach (var malformed in NoOrganizations)
            yield return new(malformed, keys.Token(malformed, everyScope), true, "", everyScope);
        foreach (var organization in Organizations)
            foreach (var scopes in ScopesAround(row))
                yield return new($"{organization} with {string.Join(' ', scopes)}", keys.Token(organization, scopes), true, organization, scopes);
    }

    private IEnumerable<IReadOnlyCollection<string>> ScopesAround(AccessRow row)
    {
        yield return ["openid"];
        yield return everyScope;
        yield return [.. everyScope.Except(row.Scopes.SelectMany(scopes => scopes))];
        foreach (var scopes in row.Scopes)
        {
            yield return scopes;
            foreach (var missing in scopes.Where(_ => scopes.Count > 1))
                yield return [.. scopes.Where(scope => scope != missing)];
        }
    }

    private static string Invalid(string why) => $"Bearer error=\"invalid_token\", error_description=\"{why}\"";
}
