using System.Text.Json;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>When two submissions are about the same children: by name, alias, date of birth and age, however they are written and in whatever order.</summary>
public static class Children
{
    /// <summary>Equal for the same children; children of whom nothing is known are equal. Tells nothing without the operator's key.</summary>
    public static byte[] Fingerprint(EncounterReport report, Sealer sealer)
    {
        var children = report.Children!.Select(Identity).Order(StringComparer.Ordinal);
        return sealer.Fingerprint("encounter-children", JsonSerializer.SerializeToUtf8Bytes(children));
    }

    private static string Identity(Child? child) => JsonSerializer.Serialize(new[]
    {
        Plain(child?.Name?.Given), Plain(child?.Name?.Family), Plain(child?.Alias), child?.DateOfBirth?.ToString("O"),
        // The age follows from a date of birth, and officers guess it differently.
        child?.DateOfBirth is null ? child?.ApproximateAge?.ToString() : null,
    });

    private static string? Plain(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}
