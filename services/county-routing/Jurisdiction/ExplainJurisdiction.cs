using System.ComponentModel.DataAnnotations;
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
/// <param name="AgencyOri">The agency that would report: by it a county is guessed when nothing else is known.</param>
public sealed record PlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, double? AccuracyMeters, string? City, string? Zip,
    string? CountyFips, string? AgencyOri);

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

    private static ValidationErrors Check(PlaceToExplain place, HttpContext http)
    {
        var (errors, map) = (new ValidationErrors(), http.RequestServices.GetRequiredService<CountyMap>());
        if (place.Latitude is < -90 or > 90)
            errors.Add("/latitude", "out-of-range", "Latitude is in degrees, -90 to 90.");
        if (place.Longitude is < -180 or > 180)
            errors.Add("/longitude", "out-of-range", "Longitude is in degrees, -180 to 180.");
        if (place.Latitude is null != place.Longitude is null)
            errors.Add(place.Latitude is null ? "/latitude" : "/longitude", "missing", "Give both latitude and longitude, or neither.");
        if (place.CountyFips is { } text && !CountyFips.TryParse(text, out _))
            errors.Add("/countyFips", "wrong-form", CountyFips.Form);
        else if (CountyFips.TryParse(place.CountyFips, out var named) && map.Find(named) is null)
            errors.Add("/countyFips", "unknown-county", $"{map.State.Name} has no county with this FIPS code. Leave it out for a place elsewhere or unknown.");
        return errors;
    }

    /// <summary>Explains who would get a report from a place, and why. Nothing is stored.</summary>
    private static Results<Ok<Explanation>, ProblemHttpResult> Explain(PlaceToExplain place, CountyMap map, CountyDirectory directory, LawRegister law)
    {
        var facts = new JurisdictionFacts
        {
            AgencyOri = place.AgencyOri,
            Location = place is { Latitude: { } latitude, Longitude: { } longitude } ? new(latitude, longitude, place.AccuracyMeters) : null,
            StatedCountyFips = CountyFips.TryParse(place.CountyFips, out var named) ? named : null,
            StatedPlace = map.State.Places.Find(place.City, place.Zip),
            Reports = [new() { ReportId = Guid.Empty, ReportedAt = default, Child = 1, AgeBand = Contracts.Codes.AgeBands.Unknown, Gender = Contracts.Codes.Genders.Unknown }],
        };
        var packs = new PacksUsed(directory);
        var routing = Determination.Of(facts, map, packs.BandsOf);
        var decision = JurisdictionDecision.Of(Guid.Empty, Deciders.Routing, facts, routing, packs.All, map, default);
        return TypedResults.Ok(new Explanation([.. decision.Reports.SelectMany(report => report.Recipients).Select(recipient => ExplainedRecipient.Of(recipient, law))], decision.Undetermined,
            [.. routing.Possible.Select(county => county.Organization)], routing.Evidence!, decision.Versions));
    }
}
