namespace SafeHarbor.CaseServices.Providers;

/// <summary>What an organization has said last of a provider's free places.</summary>
/// <param name="By">Who.</param>
/// <param name="Available">Free places by service type; a type that is missing is not limited.</param>
/// <param name="AsOf">When they were counted.</param>
/// <param name="SaidAt">When it was said here.</param>
public sealed record CapacityWord(Organization By, IReadOnlyDictionary<string, int> Available, DateTimeOffset AsOf, DateTimeOffset SaidAt)
{
    /// <summary>
    /// Whose word counts, by a rule of ours (ADR 49): a provider's own about its own places; before it has said any, of those of the state and of counties the one that was
    /// counted last. Null when nobody has said any.
    /// </summary>
    public static CapacityWord? ThatCounts(string provider, IEnumerable<CapacityWord> words) => words
        .OrderByDescending(word => word.By.Is(Organization.Provider, provider)).ThenByDescending(word => word.AsOf).ThenByDescending(word => word.SaidAt).FirstOrDefault();

    /// <summary>Says the same of the same moment.</summary>
    public bool Repeats(CapacityWord other) =>
        By == other.By && AsOf == other.AsOf && Available.Count == other.Available.Count && Available.All(free => other.Available.TryGetValue(free.Key, out var places) && places == free.Value);
}
