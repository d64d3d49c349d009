using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// Which county must respond to a report and which others must know of it. A pure function: the same facts give the same
/// answer, and no fact makes it throw, however wrong it is.
/// </summary>
public static class Determination
{
    /// <summary>Counts up with every change after which the same facts may give another answer; a decision that is kept says by which it was made.</summary>
    public const int Version = 1;

    /// <summary>Determines the recipients of every report of an encounter.</summary>
    /// <param name="facts">What is known, and what a person has decided.</param>
    /// <param name="map">The county map.</param>
    /// <param name="bands">How near a line is near in the county that a location is in; the defaults when null.</param>
    public static RoutingDecision Of(JurisdictionFacts facts, CountyMap map, Func<County, Bands>? bands = null)
    {
        if (map.Find(facts.AssignedCountyFips) is { } assigned)
            return ByPerson(assigned, RuleTexts.Desk(assigned), facts.Reports, map);
        if (map.Find(facts.ClaimedCountyFips) is { } claimed)
            return ByPerson(claimed, RuleTexts.Claimed(claimed), facts.Reports, map);
        var seen = new SeenPlace(facts.Location, facts.StatedCountyFips, facts.StatedPlace, map);
        var agency = map.State.CountyOfAgency(facts.AgencyOri);
        return Of(seen, agency, facts.Reports, map, bands ?? (_ => Bands.Default)) with { Evidence = Evidence.Of(seen, agency?.Fips) };
    }

    private static RoutingDecision Of(SeenPlace seen, County? agency, IReadOnlyList<ReportedChild> reports, CountyMap map, Func<County, Bands> bands)
    {
        if (seen.Point is { County: { } found } point)
            return ForEach(reports, ByLocation(seen, point, found, bands(found)), map);
        if (seen.Named is { } named)
        {
            var byName = ForEach(reports, ByName(named, seen, bands(named), map.State), map);
            return byName with { Possible = byName.ToConfirm is null ? [] : seen.Possible };
        }
        if (seen is { Point: null, Possible: [var only], CityAndZipAgree: true })
            return ForEach(reports, [new Recipient(only, Role.Responder, Bases.CityOrZip, Confidences.Clear, null, RuleTexts.CityAndZip(only))], map);

        var reason = seen.Point is null ? UndeterminedReasons.NoLocation : UndeterminedReasons.OutsideState;
        var guess = Guess(seen, agency, bands, map.State);
        return guess is null ? new RoutingDecision.Undetermined(reason) { Possible = seen.Possible }
            : ForEach(reports, guess, map) with { ToConfirm = reason, Possible = seen.Possible };
    }

    /// <summary>The county that is likelier than others, and whoever else the city or ZIP code allows; null when none is.</summary>
    private static List<Recipient>? Guess(SeenPlace seen, County? agency, Func<County, Bands> bands, State state)
    {
        if (seen.Point?.Nearest is { } nearest && nearest.LineMeters <= Math.Max(bands(nearest.County).OnLineMeters, seen.Accuracy))
            return [new(nearest.County, Role.Responder, Bases.FoundLocation, Confidences.Low, Whole(nearest.LineMeters), RuleTexts.JustOutside(nearest.County, state, nearest.LineMeters))];
        var possible = seen.Possible;
        if (possible.Count == 0)
            return agency is null ? null : [new(agency, Role.Responder, Bases.ReportingAgency, Confidences.Low, null, RuleTexts.ByAgency(agency, state))];
        // Of several, the agency's own is the likeliest; without it none is, and a person chooses among them.
        return (possible is [var only] ? only : possible.FirstOrDefault(county => county == agency)) is { } likely
            ? [new(likely, Role.Responder, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZip(likely, possible)), .. Allowed(possible)]
            : null;
    }

    /// <summary>Who is told because the city or ZIP code allows it.</summary>
    private static IEnumerable<Recipient> Allowed(IEnumerable<County> possible) =>
        possible.Select(county => new Recipient(county, Role.Courtesy, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZipToo(county)));

    /// <summary>The recipients once a person has decided on the responding county.</summary>
    private static RoutingDecision.Determined ByPerson(County county, RoutingRule rule, IReadOnlyList<ReportedChild> reports, CountyMap map) =>
        ForEach(reports, [new Recipient(county, Role.Responder, Bases.Desk, Confidences.Clear, null, rule)], map);

    private static List<Recipient> ByLocation(SeenPlace seen, LocatedPoint place, County found, Bands bands)
    {
        var (named, accuracy) = (seen.Named, seen.Accuracy);
        var vague = accuracy > bands.VagueMeters && place.LineMeters < accuracy;
        var reach = Math.Max(bands.NearLineMeters, accuracy);
        var near = place.Neighbors.TakeWhile(neighbor => neighbor.LineMeters <= (vague ? bands.NearLineMeters : reach)).ToList();
        var namedNearby = place.Neighbors.TakeWhile(neighbor => neighbor.LineMeters <= reach).FirstOrDefault(neighbor => neighbor.County == named);

        var nameDecides = namedNearby is not null || named == found;
        // A person must say which of the two is wrong.
        var contradicted = named is not null && !nameDecides;
        var confidence = vague && !nameDecides || contradicted ? Confidences.Low
            : Math.Min(place.LineMeters, place.StateLineMeters) <= Math.Max(bands.OnLineMeters, accuracy) ? Confidences.OnLine
            : near.Count > 0 ? Confidences.NearLine : Confidences.Clear;
        var byMap = place.OnWater ? Bases.NearestShore : Bases.FoundLocation;

        var responder = namedNearby is not null
                ? new Recipient(namedNearby.County, Role.Responder, Bases.Explicit, confidence, Whole(place.LineMeters), RuleTexts.NamedNearby(namedNearby.County, found, namedNearby.LineMeters))
            : named == found
                ? new Recipient(found, Role.Responder, Bases.Explicit, confidence, Whole(place.LineMeters), RuleTexts.Agreed(found))
                : new Recipient(found, Role.Responder, byMap, confidence, Whole(place.LineMeters), contradicted ? RuleTexts.Contradicted(named!, place) : vague ? RuleTexts.Vague(place, accuracy) : RuleTexts.Found(place));

        List<Recipient> told = [responder];
        if (namedNearby is not null)
            told.Add(new Recipient(found, Role.Courtesy, byMap, confidence, Whole(namedNearby.LineMeters), RuleTexts.AcrossTheLine(found, namedNearby.LineMeters)));
        else if (named is not null && named != found)
            told.Add(new Recipient(named, Role.Courtesy, Bases.Explicit, Confidences.Low, null, RuleTexts.NamedButElsewhere(named, found)));
        told.AddRange(near.Select(neighbor =>
            new Recipient(neighbor.County, Role.Courtesy, byMap, confidence, Whole(neighbor.LineMeters), RuleTexts.AcrossTheLine(neighbor.County, neighbor.LineMeters))));
        return told;
    }

    /// <summary>The report names a county; its location is missing or outside the state.</summary>
    private static List<Recipient> ByName(County named, SeenPlace seen, Bands bands, State state)
    {
        if (seen.Point is not { } place)
        {
            return seen.Possible.Count > 0 && !seen.Possible.Contains(named)
                ? [new(named, Role.Responder, Bases.Explicit, Confidences.Low, null, RuleTexts.NamedAgainstCityOrZip(named, seen.Possible)), .. Allowed(seen.Possible)]
                : [new(named, Role.Responder, Bases.Explicit, Confidences.Clear, null, RuleTexts.NamedAlone(named))];
        }
        var meters = place.Neighbors.First(neighbor => neighbor.County == named).LineMeters;
        return [meters <= Math.Max(bands.OnLineMeters, seen.Accuracy)
                ? new Recipient(named, Role.Responder, Bases.Explicit, Confidences.OnLine, null, RuleTexts.NamedAtStateLine(named, state, meters))
            : meters <= bands.NearLineMeters
                ? new Recipient(named, Role.Responder, Bases.Explicit, Confidences.NearLine, null, RuleTexts.NamedAtStateLine(named, state, meters))
                : new Recipient(named, Role.Responder, Bases.Explicit, Confidences.Low, null, RuleTexts.NamedAgainstOutside(named, state))];
    }

    /// <summary>What a place was found by is not exact to more than a meter; null where nothing is that far.</summary>
    internal static int? Whole(double meters) => double.IsFinite(meters) ? (int)Math.Round(meters) : null;

    private static RoutingDecision.Determined ForEach(IReadOnlyList<ReportedChild> reports, List<Recipient> told, CountyMap map) =>
        new([.. reports.Select(report => new ReportRouting(report, [.. Recipients(report, told, map).DistinctBy(recipient => recipient.Organization)]))],
            told[0].Confidence == Confidences.Low ? UndeterminedReasons.Unconfirmed : null);

    /// <summary>Strongest role first: of a county that has several, the first stays.</summary>
    private static IEnumerable<Recipient> Recipients(ReportedChild report, List<Recipient> told, CountyMap map)
    {
        yield return told[0];
        if (map.Find(report.DependencyCountyFips) is { } dependency)
            yield return new Recipient(dependency, Role.Dependency, Bases.Explicit, Confidences.Clear, null, RuleTexts.Dependency(dependency));
        if (map.Find(report.ResidenceCountyFips) is { } residence)
            yield return new Recipient(residence, Role.Residence, Bases.Explicit, Confidences.Clear, null, RuleTexts.Residence(residence));
        foreach (var courtesy in told.Skip(1)) yield return courtesy;
    }
}
