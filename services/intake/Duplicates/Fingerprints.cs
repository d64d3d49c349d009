using System.Text.Json;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>By what submissions are told to be the same, without reading them. They tell nothing without their key.</summary>
/// <param name="Children">Equal for the same children: by name, alias, date of birth and age, however they are written and in whatever order.
/// Children of whom nothing is known are equal.</param>
/// <param name="Content">Equal for the same content: of all that is understood of a body.</param>
public sealed record Fingerprints(byte[] Children, byte[] Content)
{
    public static Fingerprints Of(EncounterReport report, FingerprintKey key) => new(
        key.Of("encounter-children", JsonSerializer.SerializeToUtf8Bytes(report.Children!.Select(Identity).Order(StringComparer.Ordinal))),
        key.Of("encounter-content", JsonSerializer.SerializeToUtf8Bytes(report)));

    private static string Identity(Child? child) => JsonSerializer.Serialize(new[]
    {
        Plain(child?.Name?.Given), Plain(child?.Name?.Family), Plain(child?.Alias), child?.DateOfBirth?.ToString("O"),
        // The age follows from a date of birth, and officers guess it differently.
        child?.DateOfBirth is null ? child?.ApproximateAge?.ToString() : null,
    });

    private static string? Plain(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
