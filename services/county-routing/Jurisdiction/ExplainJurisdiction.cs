using System.ComponentModel.DataAnnotations;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A place to explain; as in an encounter.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="City">The city that a report would state.</param>
/// <param name="Zip">The ZIP code that a report would state.</param>
/// <param name="CountyFips">The county that a report would name, five-digit FIPS.</param>
/// <param name="PresentLocation">Where the child would be now, when that is elsewhere.</param>
/// <param name="AgencyOri">The agency that would report: by it a county is guessed when nothing else is known.</param>
public sealed record PlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, [Range(0, PlaceChecks.AccuracyMeters)] double? AccuracyMeters,
    [MaxLength(PlaceChecks.City)] string? City, [RegularExpression(PlaceChecks.Zip)] string? Zip, string? CountyFips, PresentPlaceToExplain? PresentLocation,
    [RegularExpression(PlaceChecks.Ori)] string? AgencyOri)
{
    internal PlaceStated Stated => new(Latitude, Longitude, AccuracyMeters, City, Zip, CountyFips);
}

/// <summary>Where the child would be now; as in an encounter.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="City">The city that a report would state.</param>
/// <param name="Zip">The ZIP code that a report would state.</param>
/// <param name="CountyFips">The county that a report would name, five-digit FIPS.</param>
public sealed record PresentPlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, [Range(0, PlaceChecks.AccuracyMeters)] double? AccuracyMeters,
    [MaxLength(PlaceChecks.City)] string? City, [RegularExpression(PlaceChecks.Zip)] string? Zip, string? CountyFips)
{
    internal PlaceStated Stated => new(Latitude, Longitude, AccuracyMeters, City, Zip, CountyFips);
}

/// <summary>Where a location would go and why.</summary>
/// <param name="Recipients">Who would be told; nobody when nothing makes any county likely.</param>
/// <param name="Undetermined">Why the desk would decide, or confirm the responder; null when it need not.</param>
/// <param name="PossibleOrganizations">Where the desk would decide, whose counties the stated city and ZIP code allow.</param>
/// <param name="Evidence">What was looked at.</param>
/// <param name="Versions">By which rules, map and packs it would be decided.</param>
public sealed record Explanation(IReadOnlyList<ExplainedRecipient> Recipients, [CodeOf(typeof(UndeterminedReasons))] string? Undetermined,
    IReadOnlyList<Organization> PossibleOrganizations, Evidence Evidence, DecisionVersions Versions);

/// <summary><c>POST /v1/jurisdiction/explain</c>: stores nothing.</summary>
public static class ExplainJurisdiction
{
    public static void MapExplainJurisdiction(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/jurisdiction/explain", Explain).RequirePacks()
        .RequireScope("encounters.read").RecordsNothing("It asks for a place, not for a report.").Repeatable("It stores nothing.").WithName("ExplainJurisdiction")
        .Checks<PlaceToExplain>(Check);

    // The same that intake's door takes: what is explained could be reported.
    private static ValidationErrors Check(PlaceToExplain place, HttpContext http)
    {
        var (errors, state) = (new ValidationErrors(), http.RequestServices.GetRequiredService<State>());
        errors.CheckPlace("", state, place.Stated);
        if (place.PresentLocation is { } present)
            errors.CheckPlace("/presentLocation", state, present.Stated);
        if (place.AgencyOri is { } ori && !PlaceChecks.IsOri(ori))
            errors.Add("/agencyOri", "wrong-form", PlaceChecks.OriForm);
        return errors;
    }

    /// <summary>Explains who would get a report from a place, and why. Nothing is stored.</summary>
    private static Results<Ok<Explanation>, ProblemHttpResult> Explain(PlaceToExplain place, CountyMap map, CountyDirectory directory, LawRegister law)
    {
        var facts = FactsOf(place, map.State);
        var packs = new PacksUsed(directory);
        var routing = Determination.Of(facts, map, packs.BandsOf);
        var decision = JurisdictionDecision.Of(Guid.Empty, Deciders.Routing, facts, routing, packs.All, map, default);
        return TypedResults.Ok(new Explanation([.. decision.Reports.SelectMany(report => report.Recipients).Select(recipient => ExplainedRecipient.Of(recipient, law))], decision.Undetermined,
            [.. routing.Possible.Select(county => county.Organization)], routing.Evidence!, decision.Versions));
    }

    internal static JurisdictionFacts FactsOf(PlaceToExplain place, State state) => new()
    {
        AgencyOri = place.AgencyOri,
        Location = PointOf(place.Stated),
        StatedCountyFips = CountyOf(place.CountyFips),
        StatedPlace = state.Places.Find(place.City, place.Zip),
        PresentPlace = place.PresentLocation?.Stated is { } present ? new(PointOf(present), CountyOf(present.CountyFips), state.Places.Find(present.City, present.Zip)) : null,
        Reports = [new() { ReportId = Guid.Empty, ReportedAt = default, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown }],
    };

    private static FoundLocation? PointOf(PlaceStated place) => place is { Latitude: { } latitude, Longitude: { } longitude } ? new(latitude, longitude, place.AccuracyMeters) : null;

    private static CountyFips? CountyOf(string? text) => CountyFips.TryParse(text, out var county) ? county : null;
}
