using SafeHarbor.Contracts;

namespace SafeHarbor.Local.Tokens;

/// <summary>Holds what somebody types for a token against what there is: a token that opens nothing shows its mistake only as a 403 much later.</summary>
internal static class AskedToken
{
    private static readonly Dictionary<string, string> Forms = new()
    {
        [Organization.LawEnforcement] = "le:<ORI>",
        [Organization.County] = "county:<FIPS>",
        [Organization.Provider] = "provider:<slug>",
        [Organization.DistrictAttorney] = "da:<FIPS>",
        [Organization.State] = "state:<two letters>",
        [Organization.Licensing] = "licensing:<two letters>",
        [Organization.Tribe] = "tribe:<slug>",
        [Organization.Attorney] = "attorney:<FIPS>",
    };

    /// <summary>How organizations are written.</summary>
    public static string Kinds => string.Join(", ", Forms.Values);

    /// <exception cref="FormatException">There is no such organization; the message says what there is.</exception>
    public static Organization OrganizationOf(string text)
    {
        var (kind, id) = (KindOf(text), text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var known = Organization.TryParse(text, out var organization);
        var state = HomeState.Current;
        return kind switch
        {
            Organization.State or Organization.Licensing => id == state.Code ? organization! : throw Unknown($"this installation is {state.Name}'s. Did you mean '{kind}:{state.Code}'?"),
            Organization.County or Organization.DistrictAttorney or Organization.Attorney => known && state.County(organization!.CountyFips) is not null ? organization : throw Unknown(
                $"{state.Name} has no county '{id}'.{CountyHint(kind, id)} The counties are {string.Join(", ", state.Counties.Select(county => $"{county.Fips} {county.Name}"))}."),
            Organization.LawEnforcement => organization ?? throw Unknown(
                $"an ORI is two capitals and seven capitals or digits, as in le:CA0194200.{Corrected($"{kind}:{id.ToUpperInvariant()}")}"),
            _ => organization ?? throw Unknown(
                $"a slug is small letters and digits with hyphens between them, as in provider:harbor-house.{Corrected($"{kind}:{string.Join('-', id.ToLowerInvariant().Split(' ', '_', '.'))}")}"),
        };

        FormatException Unknown(string why) => new($"'{text}' is no organization here: {why}");
    }

    /// <summary>The scopes of its kind.</summary>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static IReadOnlyList<string> UsualScopesOf(string organization) => AccessTable.ScopesByKind[KindOf(organization)];

    /// <exception cref="FormatException">One of them is not known; the message lists those that are.</exception>
    public static IReadOnlyList<string> ScopesOf(IEnumerable<string> typed)
    {
        string[] scopes = [.. typed.SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        return scopes.FirstOrDefault(scope => !AccessTable.Scopes.Contains(scope)) is { } unknown
            ? throw new FormatException($"'{unknown}' is no scope.{Nearest.Hint(unknown, AccessTable.Scopes)} The scopes are {string.Join(", ", AccessTable.Scopes)}.")
            : scopes;
    }

    private static string KindOf(string text) => text.Split(':')[0] is var kind && Forms.ContainsKey(kind) && text.Length > kind.Length
        ? kind
        : throw new FormatException($"'{text}' is no organization: use {Kinds}.{Nearest.Hint(kind, Forms.Keys)}");

    private static string Corrected(string text) => Organization.TryParse(text, out _) ? Nearest.Hint(text, [text]) : "";

    private static string CountyHint(string kind, string id)
    {
        var counties = HomeState.Current.Counties;
        var named = counties.FirstOrDefault(county => string.Equals(county.Name.Replace(' ', '-'), id.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase));
        return Nearest.Hint($"{kind}:{named?.Fips.Text ?? id}", counties.Select(county => $"{kind}:{county.Fips}"));
    }
}
