using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>What a report says that shortfalls follow from, whether it is only checked or kept; nothing that names a person.</summary>
/// <param name="AgencyOri">The reporting agency.</param>
/// <param name="Point">Degrees north and east; null when no coordinates were given.</param>
/// <param name="Named">The county that the report names.</param>
/// <param name="Place">What city and ZIP code were understood as.</param>
/// <param name="HasAddress">An address was given.</param>
/// <param name="Needs">The needs of each child.</param>
/// <param name="Missing">Whether each child was reported missing.</param>
public sealed record ReportedFacts(string AgencyOri, (double North, double East)? Point, CountyFips? Named, UnderstoodPlace Place, bool HasAddress, IReadOnlyList<IReadOnlyList<string>> Needs,
    IReadOnlyList<bool> Missing)
{
    /// <summary>Of a submission that is valid and has canonical codes.</summary>
    public static ReportedFacts Of(EncounterReport report, Places places) => new(report.Source!.AgencyOri!,
        report.Location is { Latitude: { } north, Longitude: { } east } ? (north, east) : null, Encounters.Place.CountyOf(report.Location?.CountyFips),
        places.Understand(report.Location?.City, report.Location?.Zip), HasText(report.Location?.Address), [.. report.Children!.Select(child => Codes(child!.Needs))],
        [.. report.Children!.Select(child => child!.Missing == true)]);

    /// <summary>Of an encounter that is kept.</summary>
    public static ReportedFacts Of(Encounter encounter, IEnumerable<Report> reports) => new(encounter.AgencyOri,
        encounter is { Latitude: { } north, Longitude: { } east } ? (north, east) : null, encounter.StatedCountyFips, encounter.UnderstoodPlace, encounter.HasAddress,
        [.. reports.Select(report => report.Needs.Select(need => need.Type).ToList())], [.. reports.OrderBy(report => report.Child).Select(report => report.Missing == true)]);

    /// <summary>Whether a text says something.</summary>
    public static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);

    private static List<string> Codes(IReadOnlyList<string?>? needs) => [.. (needs ?? []).OfType<string>().Distinct()];
}
