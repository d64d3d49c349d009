using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>What a report says that shortfalls follow from, whether it is only checked or kept; nothing that names a person.</summary>
/// <param name="AgencyOri">The reporting agency.</param>
/// <param name="Found">Where the child was found.</param>
/// <param name="Present">Where it is now; null when the report does not say that it is elsewhere.</param>
/// <param name="Needs">The needs of each child.</param>
/// <param name="Implausible">JSON Pointers to the instants that cannot be right: they are kept as they were sent, and nothing is counted from them.</param>
/// <param name="Missing">Whether each child was reported missing.</param>
/// <param name="CustodyWithoutGrounds">The child is in custody, and no ground of it was given.</param>
public sealed record ReportedFacts(string AgencyOri, ReportedPlace Found, ReportedPlace? Present, IReadOnlyList<IReadOnlyList<string>> Needs,
    IReadOnlyList<bool> Missing, IReadOnlyList<string> Implausible, bool CustodyWithoutGrounds = false)
{
    /// <summary>The place that decides: where the child is now, when that says where, else where it was found.</summary>
    public ReportedPlace Deciding => PresentDecides ? Present! : Found;

    /// <summary>Whether <see cref="Present"/> says where it is.</summary>
    public bool PresentDecides => Present is { } now && (now.Point is not null || now.Named is not null || now.Place.Stated() is not null);

    /// <summary>JSON Pointer to <see cref="Deciding"/>.</summary>
    public string At => PresentDecides ? "/presentLocation" : "/location";

    /// <summary>JSON Pointer to the place at which a provider meets the child.</summary>
    public string MeetingAt => Present is null ? "/location" : "/presentLocation";

    /// <summary>An address of where the child is to be met was given.</summary>
    public bool HasAddress => (Present ?? Found).HasAddress;

    /// <summary>Of a submission that is valid and has canonical codes.</summary>
    public static ReportedFacts Of(EncounterReport report, Places places, DateTimeOffset now) => new(report.Source!.AgencyOri!, ReportedPlace.Of(KeptPlace.Of(report.Location, places)) ?? ReportedPlace.None,
        ReportedPlace.Of(KeptPlace.Of(report.PresentLocation, places)), [.. report.Children!.Select(child => Codes(child!.Needs))],
        [.. report.Children!.Select(child => child!.Missing == true)], ImplausibleOf(report.OccurredAt, report.LearnedAt, report.Custody?.TakenAt, now),
        report.Custody is { Taken: true } custody && Codes(custody.Grounds).Count == 0);

    /// <summary>Of an encounter that is kept.</summary>
    public static ReportedFacts Of(Encounter encounter, IEnumerable<Report> reports) => new(encounter.AgencyOri,
        new(ReportedPlace.PointOf(encounter.Latitude, encounter.Longitude), encounter.StatedCountyFips, encounter.UnderstoodPlace, encounter.HasAddress), ReportedPlace.Of(encounter.PresentPlace),
        [.. reports.Select(report => report.Needs.Select(need => need.Type).ToList())], [.. reports.OrderBy(report => report.Child).Select(report => report.Missing == true)],
        ImplausibleOf(encounter.OccurredAt, encounter.LearnedAt, encounter.CustodyTakenAt, encounter.ReceivedAt),
        encounter is { CustodyTaken: true, CustodyGrounds.Count: 0 });

    /// <summary>Whether a text says something.</summary>
    public static bool HasText(string? text) => !string.IsNullOrWhiteSpace(text);

    private static IReadOnlyList<string> ImplausibleOf(DateTimeOffset? occurredAt, DateTimeOffset? learnedAt, DateTimeOffset? takenAt, DateTimeOffset saidAt) =>
        [.. new[] { ("/occurredAt", occurredAt), ("/learnedAt", learnedAt), ("/custody/takenAt", takenAt) }
            .Where(said => said.Item2 is { } instant && !PlausibleInstant.Is(instant, saidAt)).Select(said => said.Item1)];

    private static List<string> Codes(IReadOnlyList<string?>? needs) => [.. (needs ?? []).OfType<string>().Distinct()];
}

/// <summary>A place that a report states.</summary>
/// <param name="Point">Degrees north and east; null when no coordinates were given.</param>
/// <param name="Named">The county that the report names.</param>
/// <param name="Place">What city and ZIP code were understood as.</param>
/// <param name="HasAddress">An address was given.</param>
public sealed record ReportedPlace((double North, double East)? Point, CountyFips? Named, UnderstoodPlace Place, bool HasAddress)
{
    /// <summary>Nothing was stated.</summary>
    public static ReportedPlace None { get; } = new(null, null, new(null, null), false);

    /// <summary>Of a place as it is kept.</summary>
    public static ReportedPlace? Of(KeptPlace? place) => place is null ? null : new(PointOf(place.Latitude, place.Longitude), place.StatedCountyFips, place.UnderstoodPlace, place.HasAddress);

    /// <summary>Coordinates, of which both must be there.</summary>
    public static (double North, double East)? PointOf(double? latitude, double? longitude) => (latitude, longitude) is ({ } north, { } east) ? (north, east) : null;

    /// <summary>Its county, as far as that is known without a map and no guess; null otherwise.</summary>
    public County? KnownCounty(State state) => Point is not null ? null
        : state.County(Named) ?? (Place.Stated() is { CityAndZipAgree: true, Counties: [var only] } ? state.County(only) : null);
}
