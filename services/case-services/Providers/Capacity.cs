using System.ComponentModel.DataAnnotations;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>How many places of a provider are free.</summary>
/// <param name="Available">Free places, 0 to 10000, by service type; a type that is missing is not limited.</param>
/// <param name="AsOf">When they were counted. When it is left out or null: now. Null in an answer when they never were.</param>
public sealed record Capacity([Required, CodeOf(typeof(NeedTypes))] IReadOnlyDictionary<string, int> Available, DateTimeOffset? AsOf)
{
    internal static Capacity Of(ProviderRow row) => new(row.Available, row.AvailableAt);
}
