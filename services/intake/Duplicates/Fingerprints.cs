using System.Globalization;
using System.Text.Json;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Comparing;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>By what submissions and children are told to be the same, without reading them. They tell nothing without their key.</summary>
/// <param name="Content">Equal for the same content: of all that is understood of a body, however it is written.</param>
/// <param name="Children">One entry a child, in the order of the report.</param>
public sealed record Fingerprints(byte[] Content, IReadOnlyList<ChildFingerprints> Children)
{
    public static Fingerprints Of(EncounterReport report, FingerprintKey key) => new(
        key.Of("encounter-content", CanonicalJson.Of(report)), [.. report.Children!.Select(child => ChildFingerprints.Of(child!, key))]);
}

/// <summary>Keyed fingerprints of what tells a child from others. What is not known has none: unknown is not identity.</summary>
/// <param name="FullName">Of all words of the name, in whatever order; null when there are not two, or when they stand for a name that nobody knows (<c>Jane Doe</c>).</param>
/// <param name="GivenAndBirth">Of the first given name and the date of birth; null when one is not known.</param>
public sealed record ChildFingerprints(byte[]? FullName, byte[]? GivenAndBirth)
{
    private static readonly string[] NoNames = ["DOE", "UNKNOWN", "UNK", "UNIDENTIFIED", "UNNAMED", "NFN", "NLN"];

    public static ChildFingerprints Of(Child child, FingerprintKey key)
    {
        var given = CanonicalText.Of(child.Name?.Given)?.Split(' ') ?? [];
        string[] name = [.. given, .. CanonicalText.Of(child.Name?.Family)?.Split(' ') ?? []];
        return new(
            name.Length > 1 && !name.Any(NoNames.Contains) ? key.Of("child-full-name", JsonSerializer.SerializeToUtf8Bytes(name.Order(StringComparer.Ordinal))) : null,
            given.Length > 0 && !NoNames.Contains(given[0]) && child.DateOfBirth is { } born ? key.Of("child-given-and-birth", JsonSerializer.SerializeToUtf8Bytes(new[] { given[0], born.ToString("O", CultureInfo.InvariantCulture) })) : null);
    }
}
