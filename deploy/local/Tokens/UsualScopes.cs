namespace SafeHarbor.Local.Tokens;

/// <summary>What a caller of each kind of organization needs for its part of the journey.</summary>
internal static class UsualScopes
{
    private static readonly Dictionary<string, string> ByKind = new()
    {
        ["le"] = "encounters.write encounters.read reports.read reports.emergency handoffs.read endpoints.manage feed.read",
        ["county"] = "encounters.read reports.read reporter.read reports.emergency emergency.review handoffs.read handoffs.act directory.write endpoints.manage feed.read audit.read retention.act",
        ["provider"] = "reports.read offers.act providers.write capacity.write endpoints.manage feed.read",
        ["da"] = "reports.read reporter.read reports.emergency handoffs.read handoffs.act endpoints.manage feed.read",
        ["state"] = "desk.act reports.read directory.write providers.write handoffs.read endpoints.manage feed.read oversight.read audit.read emergency.review operations.read operations.act retention.act",
    };

    /// <exception cref="FormatException">Not an organization; the message lists the kinds.</exception>
    public static string[] Of(string organization) =>
        ByKind.TryGetValue(organization.Split(':')[0], out var scopes) && organization.Contains(':', StringComparison.Ordinal)
            ? scopes.Split(' ')
            : throw new FormatException(
                $"'{organization}' is no organization: use le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS> or state:<two letters>.");
}
