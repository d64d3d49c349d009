using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

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
        if (place.Child is { } child)
            errors.CheckChild("/child", state, child.Stated);
        return errors;
    }

    /// <summary>Explains who would get a report from a place, who else must know of it, and why. Nothing is stored.</summary>
    private static Results<Ok<Explanation>, ProblemHttpResult> Explain(PlaceToExplain place, CountyMap map, CountyDirectory directory, LawRegister law) =>
        TypedResults.Ok(Of(FactsOf(place, map.State), map, directory, law));

    internal static Explanation Of(JurisdictionFacts facts, CountyMap map, CountyDirectory directory, LawRegister law)
    {
        var packs = new PacksUsed(directory);
        var routing = Determination.Of(facts, map, packs.BandsOf);
        var determined = routing as RoutingDecision.Determined;
        var routed = determined?.Reports[0];
        var responder = routed is null ? null : map.OfOrganization(routed.Recipients[0].Organization);
        var further = responder is null ? new([], []) : FurtherRecipients.Of(routed!.Report, responder, map, packs.PackOf);
        var later = Explained(further.Reached);
        return new([.. Explained(routed?.Recipients ?? []), .. routed is { IsGuess: false } ? later : []], routed is { IsGuess: true } ? later : [],
            [.. further.NotReached.Select(role => new NotReached(role, RuleTexts.NotReached(role, responder!), law.For(RuleUses.OfRole(role))))],
            routing.WhyAPerson, [.. routing.Possible.Select(county => county.Organization)], routing.OuterLines, routing.Evidence!, new(Determination.Version, map.Version, packs.All));

        IReadOnlyList<ExplainedRecipient> Explained(IReadOnlyList<Recipient> recipients) => [.. recipients.Select(recipient => ExplainedRecipient.Of(DecidedRecipient.Of(recipient, law), law))];
    }

    internal static JurisdictionFacts FactsOf(PlaceToExplain place, State state) => new()
    {
        AgencyOri = place.AgencyOri,
        Location = PointOf(place.Stated),
        StatedCountyFips = CountyOf(place.CountyFips),
        StatedPlace = state.Places.Find(place.City, place.Zip),
        PresentPlace = place.PresentLocation?.Stated is { } present ? new(PointOf(present), CountyOf(present.CountyFips), state.Places.Find(present.City, present.Zip)) : null,
        Reports =
        [
            new()
            {
                ReportId = Guid.Empty,
                ReportedAt = default,
                Child = 1,
                AgeBand = AgeBands.Unknown,
                Gender = Genders.Unknown,
                AgencyOri = place.AgencyOri,
                ResidenceCountyFips = CountyOf(place.Child?.ResidenceCountyFips),
                DependencyCountyFips = CountyOf(place.Child?.DependencyCountyFips),
                Missing = place.Child?.Missing == true,
                LivesInLicensedHome = place.Child?.LivesInLicensedHome == true,
                ReasonToKnowIndianChild = place.Child?.ReasonToKnowIndianChild == true,
                TribeOrganization = ChildChecks.TribeOf(place.Child?.TribeOrganization),
            },
        ],
    };

    private static FoundLocation? PointOf(PlaceStated place) => place is { Latitude: { } latitude, Longitude: { } longitude } ? new(latitude, longitude, place.AccuracyMeters) : null;

    private static CountyFips? CountyOf(string? text) => CountyFips.TryParse(text, out var county) ? county : null;
}
