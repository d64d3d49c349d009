using System.Globalization;
using System.Text.Json;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>By what submissions are told to be the same, without reading them. They tell nothing without their key.</summary>
/// <param name="Children">
/// Equal for the same children: by name, alias, date of birth and age, however they are written and in whatever order. A child that nobody has named is not known to
/// be the same as another: with one of those it is equal only where the content is.
/// </param>
/// <param name="Content">Equal for the same content: of all that is understood of a body.</param>
public sealed record Fingerprints(byte[] Children, byte[] Content)
{
    public static Fingerprints Of(EncounterReport report, FingerprintKey key)
    {
        var content = key.Of("encounter-content", JsonSerializer.SerializeToUtf8Bytes(report));
        var children = JsonSerializer.SerializeToUtf8Bytes(report.Children!.Select(Identity).Order(StringComparer.Ordinal));
        return new(key.Of("encounter-children", report.Children!.All(IsNamed) ? children : [.. children, .. content]), content);
    }

    private static bool IsNamed(Child? child) => Plain(child?.Name?.Given) is not null || Plain(child?.Name?.Family) is not null;

    private static string Identity(Child? child) => JsonSerializer.Serialize(new[]
    {
        Plain(child?.Name?.Given), Plain(child?.Name?.Family), Plain(child?.Alias), child?.DateOfBirth?.ToString("O"),
        // The age follows from a date of birth, and officers guess it differently.
        child?.DateOfBirth is null ? child?.ApproximateAge?.ToString() : null,
    });

    private static string? Plain(string? text)
    {
        // What is not seen, and how an apostrophe was typed, is no difference between names.
        var seen = string.Concat((text ?? "").Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format).Select(c => c is '\u2018' or '\u2019' or '\u02BC' or '`' ? '\'' : c));
        return string.IsNullOrWhiteSpace(seen) ? null : string.Join(' ', seen.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
    }
}
