using System.ComponentModel.DataAnnotations;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>How many places of a provider are free.</summary>
/// <param name="Available">Free places, 0 to 10000, by service type; a type that is missing is not limited.</param>
/// <param name="AsOf">When they were counted. When it is left out or null: now. Null in an answer when they never were.</param>
public sealed record Capacity([Required, CodeOf(typeof(NeedTypes))] IReadOnlyDictionary<string, int> Available, DateTimeOffset? AsOf)
{
    /// <summary>Whose word it is: of several the provider's own counts, else the one that was counted last. In a body it says nothing: it is whoever sends it. Null when nobody has said any.</summary>
    public Organization? SaidBy { get; init; }

    /// <summary>When that was said; in a body it says nothing. Null when nobody has said any.</summary>
    public DateTimeOffset? SaidAt { get; init; }

    internal static Capacity Of(ProviderRow row) => CapacityWord.ThatCounts(row.Slug, row.Words) is { } word
        ? new(word.Available, word.AsOf) { SaidBy = word.By, SaidAt = word.SaidAt }
        : new(row.Available, row.AvailableAt);
}
