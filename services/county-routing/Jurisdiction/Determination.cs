using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// Which county must respond to a report and which others must know of it. A pure function: the same facts give the same
/// answer, and no fact makes it throw, however wrong it is.
/// </summary>
public static class Determination
{
    /// <summary>Determines the recipients of every report of an encounter.</summary>
    /// <param name="encounter">The routing facts.</param>
    /// <param name="map">The county map.</param>
    /// <param name="bands">How near a line is near in the county that a location is in; the defaults when null.</param>
    public static RoutingDecision Of(EncounterReported encounter, CountyMap map, Func<County, Bands>? bands = null)
    {
        bands ??= _ => Bands.Default;
        var named = map.Find(encounter.StatedCountyFips);
        var accuracy = encounter.Location?.AccuracyMeters is > 0 and < double.PositiveInfinity and var radius ? radius : 0;
        var place = Locate(encounter.Location, map);

        if (place is { County: { } found }) return ForEach(encounter.Reports, ByLocation(place, found, named, accuracy, bands(found)), map);
        List<County> possible = [.. encounter.StatedPlace?.Counties.Select(fips => map.Find(fips)).OfType<County>() ?? []];
        if (named is not null)
        {
            var byName = ForEach(encounter.Reports, ByName(named, place, possible, accuracy, bands(named), map.State), map);
            return byName with { Possible = byName.ToConfirm is null ? [] : possible };
        }
        if (place is null && possible is [var only] && encounter.StatedPlace!.CityAndZipAgree)
            return ForEach(encounter.Reports, [new Recipient(only, Role.Responder, Bases.CityOrZip, Confidences.Clear, null, RuleTexts.CityAndZip(only))], map);

        var reason = place is null ? UndeterminedReasons.NoLocation : UndeterminedReasons.OutsideState;
        var guess = Guess(place, possible, map.State.CountyOfAgency(encounter.AgencyOri), accuracy, bands, map.State);
        return guess is null ? new RoutingDecision.Undetermined(reason) { Possible = possible }
            : ForEach(encounter.Reports, guess, map) with { ToConfirm = reason, Possible = possible };
    }

    /// <summary>The county that is likelier than others, and whoever else the city or ZIP code allows; null when none is.</summary>
    private static List<Recipient>? Guess(LocatedPoint? place, List<County> possible, County? agency, double accuracy, Func<County, Bands> bands, State state)
    {
        if (place?.Nearest is { } nearest && nearest.LineMeters <= Math.Max(bands(nearest.County).OnLineMeters, accuracy))
            return [new(nearest.County, Role.Responder, Bases.FoundLocation, Confidences.Low, Whole(nearest.LineMeters), RuleTexts.JustOutside(nearest.County, state, nearest.LineMeters))];
        if (possible.Count == 0)
            return agency is null ? null : [new(agency, Role.Responder, Bases.ReportingAgency, Confidences.Low, null, RuleTexts.ByAgency(agency, state))];
        // Of several, the agency's own is the likeliest; without it none is, and a person chooses among them.
        return (possible is [var only] ? only : possible.Find(county => county == agency)) is { } likely
            ? [new(likely, Role.Responder, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZip(likely, possible)), .. Allowed(possible)]
            : null;
    }

    /// <summary>Who is told because the city or ZIP code allows it.</summary>
    private static IEnumerable<Recipient> Allowed(IEnumerable<County> possible) =>
        possible.Select(county => new Recipient(county, Role.Courtesy, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZipToo(county)));

    /// <summary>The recipients once a person at the desk has assigned the responding county.</summary>
    public static RoutingDecision.Determined ByDesk(County assigned, IReadOnlyList<ReportedChild> reports, CountyMap map) =>
        ForEach(reports, [new Recipient(assigned, Role.Responder, Bases.Desk, Confidences.Clear, null, RuleTexts.Desk(assigned))], map);

    private static LocatedPoint? Locate(FoundLocation? location, CountyMap map) =>
        location is not null && CountyMap.IsOnEarth(location.Latitude, location.Longitude) ? map.Locate(location.Latitude, location.Longitude) : null;

    private static List<Recipient> ByLocation(LocatedPoint place, County found, County? named, double accuracy, Bands bands)
    {
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
    private static List<Recipient> ByName(County named, LocatedPoint? place, List<County> possible, double accuracy, Bands bands, State state)
    {
        if (place is null && possible.Count > 0 && !possible.Contains(named))
            return [new(named, Role.Responder, Bases.Explicit, Confidences.Low, null, RuleTexts.NamedAgainstCityOrZip(named, possible)), .. Allowed(possible)];
        if (place is null) return [new(named, Role.Responder, Bases.Explicit, Confidences.Clear, null, RuleTexts.NamedAlone(named))];
        var meters = place.Neighbors.First(neighbor => neighbor.County == named).LineMeters;
        return [meters <= Math.Max(bands.OnLineMeters, accuracy)
                ? new Recipient(named, Role.Responder, Bases.Explicit, Confidences.OnLine, null, RuleTexts.NamedAtStateLine(named, state, meters))
            : meters <= bands.NearLineMeters
                ? new Recipient(named, Role.Responder, Bases.Explicit, Confidences.NearLine, null, RuleTexts.NamedAtStateLine(named, state, meters))
                : new Recipient(named, Role.Responder, Bases.Explicit, Confidences.Low, null, RuleTexts.NamedAgainstOutside(named, state))];
    }

    // What a place was found by is not exact to more than a meter.
    private static int? Whole(double meters) => double.IsFinite(meters) ? (int)Math.Round(meters) : null;

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
