namespace SafeHarbor.CaseServices.Providers;

/// <summary>What is sought for a child: coded facts only.</summary>
public sealed record SoughtService(string Type, CountyFips CountyFips, string AgeBand, string Gender, IReadOnlyList<string> Languages, bool Emergency);

/// <summary>A provider that fits and the contract under which it would be asked.</summary>
public sealed record Candidate(Provider Provider, Contract Contract);

/// <summary>
/// Who is asked, and in which order: every provider that fits, by the county's preference and then by slug. What is not known of the child
/// excludes nobody; the provider can decline.
/// </summary>
public static class ProviderRanking
{
    /// <summary>The providers that fit on <paramref name="day"/> and are not among <paramref name="asked"/>, best first.</summary>
    public static IReadOnlyList<Candidate> Rank(IEnumerable<ListedProvider> directory, SoughtService sought, DateOnly day, IReadOnlyCollection<string> asked) =>
    [
        .. from listed in directory
           where !asked.Contains(listed.Provider.Slug) && Fits(listed, sought)
           let contract = ContractOf(listed.Provider, sought.CountyFips, day)
           where contract is not null
           orderby contract.Preference, listed.Provider.Slug
           select new Candidate(listed.Provider, contract),
    ];

    private static bool Fits(ListedProvider listed, SoughtService sought) =>
        listed.Provider.Services.FirstOrDefault(s => s.Type == sought.Type) is { } service
        && (sought.AgeBand == AgeBands.Unknown || service.AgeBands.Contains(sought.AgeBand))
        && (sought.Gender == Genders.Unknown || service.Genders.Contains(sought.Gender))
        && (service.AroundTheClock || !sought.Emergency)
        && (listed.Provider.BringsInterpreter || sought.Languages.Count == 0 || Speaks(listed.Provider, sought.Languages))
        && !(listed.Available.TryGetValue(sought.Type, out var free) && free <= 0);

    /// <summary>The county's contract with a provider on a day; null when there is none.</summary>
    public static Contract? ContractOf(Provider provider, CountyFips county, DateOnly day) => provider.Contracts
        .Where(c => c.CountyFips == county.Text && c.CoversDay(day))
        .OrderBy(c => c.Preference).ThenBy(c => c.Reference, StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool Speaks(Provider provider, IReadOnlyList<string> languages) =>
        provider.Languages.Any(spoken => languages.Any(language => LanguageTags.AreSpokenAlike(spoken, language)));
}
