using System.ComponentModel.DataAnnotations;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A place to explain; as in an encounter.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="CountyFips">The county that a report would name, five-digit FIPS.</param>
/// <param name="AgencyOri">The agency that would report: by it a county is guessed when nothing else is known.</param>
public sealed record PlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, double? AccuracyMeters, string? CountyFips, string? AgencyOri);

/// <summary>Where a location would go and why.</summary>
/// <param name="Recipients">Who would be told; nobody when nothing makes any county likely.</param>
/// <param name="Undetermined">Why the desk would decide, or confirm the responder; null when it need not.</param>
public sealed record Explanation(IReadOnlyList<ExplainedRecipient> Recipients, [CodeOf(typeof(UndeterminedReasons))] string? Undetermined);

/// <summary>Who would get a report.</summary>
/// <param name="Organization">Who, such as <c>county:06037</c>.</param>
/// <param name="Name">The county's name.</param>
/// <param name="Role">Why: one of <see cref="Roles"/>.</param>
/// <param name="Basis">What it was determined by.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="DistanceToLineMeters">Meters to the nearest county line; for a courtesy, to the line with that county. Null when no location decided.</param>
/// <param name="Rule">Why, for people.</param>
/// <param name="Rules">What that rests on.</param>
public sealed record ExplainedRecipient(string Organization, string Name, string Role, [CodeOf(typeof(Bases))] string Basis, [CodeOf(typeof(Confidences))] string Confidence, double? DistanceToLineMeters, string Rule,
    IReadOnlyList<CitedRule> Rules);

/// <summary><c>POST /v1/jurisdiction/explain</c>: stores nothing.</summary>
public static class ExplainJurisdiction
{
    public static void MapJurisdiction(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/jurisdiction/explain", Explain).RequirePacks()
        .RequireScope("encounters.read").RecordsNothing("It asks for a place, not for a report.").Repeatable("It stores nothing.").WithName("ExplainJurisdiction");

    /// <summary>Explains who would get a report from a place, and why. Nothing is stored.</summary>
    private static Results<Ok<Explanation>, ProblemHttpResult> Explain(PlaceToExplain place, CountyMap map, CountyDirectory directory, LawRegister law)
    {
        var errors = new ValidationErrors();
        if (place.Latitude is < -90 or > 90)
            errors.Add("/latitude", "out-of-range", "Latitude is in degrees, -90 to 90.");
        if (place.Longitude is < -180 or > 180)
            errors.Add("/longitude", "out-of-range", "Longitude is in degrees, -180 to 180.");
        if (place.Latitude is null != place.Longitude is null)
            errors.Add(place.Latitude is null ? "/latitude" : "/longitude", "missing", "Give both latitude and longitude, or neither.");
        if (place.CountyFips is { } text)
        {
            if (!CountyFips.TryCanonicalize(text, out var fips))
                errors.Add("/countyFips", "wrong-form", CountyFips.Form);
            else if (map.Find(fips) is null)
                errors.Add("/countyFips", "unknown-county", $"{map.State.Name} has no county with this FIPS code. Leave it out for a place elsewhere or unknown.");
            place = place with { CountyFips = fips };
        }

        if (errors.Any)
            return errors.ToProblem();
        var routing = Determination.Of(new EncounterReported
        {
            EncounterId = Guid.Empty,
            At = default,
            AgencyOri = place.AgencyOri ?? "",
            Location = place is { Latitude: { } latitude, Longitude: { } longitude } ? new(latitude, longitude, place.AccuracyMeters) : null,
            StatedCountyFips = place.CountyFips,
            Urgency = Contracts.Codes.Urgencies.Prompt,
            Reports = [new() { ReportId = Guid.Empty, ReportedAt = default, Child = 1, AgeBand = Contracts.Codes.AgeBands.Unknown, Gender = Contracts.Codes.Genders.Unknown }],
        }, map, county => directory.PackOf(county).Bands ?? Bands.Default);
        return TypedResults.Ok(routing switch
        {
            RoutingDecision.Determined determined => new Explanation([.. determined.Reports[0].Recipients.Select(r =>
                new ExplainedRecipient(r.Organization, r.County.Name, r.Role, r.Basis, r.Confidence, r.DistanceToLineMeters, r.Rule,
                    law.For(RuleUses.OfRole(r.Role))))], determined.ToConfirm),
            RoutingDecision.Undetermined undetermined => new Explanation([], undetermined.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }
}
