using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Local.Sandbox;

/// <summary>One provider for each reason to decline, asked in that order by one county, and one more that accepts: a single need shows all of them.</summary>
internal static class DecliningProviders
{
    private const string Prefix = "declines-";
    private const string Last = "accepts-at-last";

    /// <summary>All of them, as the directory takes them.</summary>
    public static IEnumerable<object> In(string countyFips) => DeclineReasons.All.Select(SlugOf).Append(Last).Select((slug, index) => new
    {
        slug,
        name = $"{char.ToUpperInvariant(slug[0])}{slug[1..].Replace('-', ' ')} (fictional)",
        languages = English,
        bringsInterpreter = true,
        services = NeedTypes.All.Select(type => new { type, ageBands = Ages, genders = Genders.All.Where(gender => gender != Genders.Unknown), aroundTheClock = true }),
        contracts = new[] { new { countyFips, reference = $"SANDBOX-{index + 1}", from = "2025-01-01", preference = index + 1, answerWithinSeconds = 600 } },
    });

    /// <summary>Their slugs.</summary>
    public static IEnumerable<string> Slugs => DeclineReasons.All.Select(SlugOf).Append(Last);

    /// <summary>Why a provider declines; null when it is none of these.</summary>
    public static string? ReasonOf(string slug) => DeclineReasons.All.FirstOrDefault(reason => SlugOf(reason) == slug);

    private static readonly string[] English = ["en"];
    private static readonly string[] Ages = [AgeBands.UpTo12, AgeBands.From13To15, AgeBands.From16To17];

    private static string SlugOf(string reason) => Prefix + reason.ToLowerInvariant().Replace('_', '-');
}
