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
    public const int Version = 3;

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
        bands ??= _ => Bands.Default;
        var agency = map.State.CountyOfAgency(facts.AgencyOri);
        var found = new SeenPlace(facts.Location, facts.StatedCountyFips, facts.StatedPlace, map);
        var present = facts.PresentPlace is { } now ? new SeenPlace(now.Location, now.StatedCountyFips, now.StatedPlace, map, isPresent: true) : null;
        var fallback = agency is null ? null : new Recipient(agency, Role.Responder, Bases.ReportingAgency, Confidences.Low, null, RuleTexts.ByAgency(agency, map.State));
        var evidence = Evidence.Of(present, found, agency?.Fips, map);
        if (present is not { SaysWhere: true })
            return Of(found, fallback, null, facts.Reports, map, bands) with { Evidence = evidence, OuterLines = found.OuterLines };
        // Where it was found, the child is not any more: that county is told, and is the guess when where it is now says no county.
        if (found.KnownCounty is { } county)
            fallback = new Recipient(county, Role.Responder, found.Point is null ? Bases.Explicit : found.Basis, Confidences.Low, null, RuleTexts.FoundBefore(county));
        return Of(present, fallback, found.KnownCounty is { } there ? new Recipient(there, Role.Courtesy, found.Point is null ? Bases.Explicit : found.Basis, Confidences.Clear, null, RuleTexts.FoundThere(there)) : null,
            facts.Reports, map, bands) with
        { Evidence = evidence, OuterLines = present.OuterLines };
    }

    private static RoutingDecision Of(SeenPlace seen, Recipient? fallback, Recipient? besides, IReadOnlyList<ReportedChild> reports, CountyMap map, Func<County, Bands> bands)
    {
        if (seen.Point is { County: { } home } point)
            return ForEach(ByLocation(seen, point, home, bands(home), map.State));
        if (seen.Named is { } named)
        {
            var byName = ForEach(ByName(named, seen, bands(named), map.State));
            return byName with { Possible = byName.ToConfirm is null ? [] : seen.Possible };
        }
        if (seen is { Point: null, Possible: [var only], CityAndZipAgree: true })
            return ForEach([new Recipient(only, Role.Responder, Bases.CityOrZip, Confidences.Clear, null, RuleTexts.CityAndZip(only))]);

        var reason = seen.Point is null ? UndeterminedReasons.NoLocation : UndeterminedReasons.OutsideState;
        var guess = Guess(seen, fallback, map.State);
        return guess is null ? new RoutingDecision.Undetermined(reason) { Possible = seen.Possible }
            : ForEach(guess) with { ToConfirm = reason, Possible = seen.Possible };

        RoutingDecision.Determined ForEach(List<Recipient> told) => Determination.ForEach(reports, besides is null ? told : [.. told, besides], map);
    }

    /// <summary>The county that is likelier than others, and whoever else the city or ZIP code allows; null when none is.</summary>
    private static List<Recipient>? Guess(SeenPlace seen, Recipient? fallback, State state)
    {
        if (seen.Point?.Nearest is { } nearest && nearest.LineMeters <= Math.Max(Bands.MapMeters, seen.Accuracy))
            return [new(nearest.County, Role.Responder, seen.Basis, Confidences.Low, Whole(nearest.LineMeters), RuleTexts.JustOutside(nearest.County, state, nearest.LineMeters))];
        var possible = seen.Possible;
        if (possible.Count == 0)
            return fallback is null ? null : [fallback];
        // Of several, the fallback's is the likeliest; without it none is, and a person chooses among them.
        return (possible is [var only] ? only : possible.FirstOrDefault(county => county.Organization == fallback?.Organization)) is { } likely
            ? [new(likely, Role.Responder, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZip(likely, possible)), .. Allowed(possible)]
            : null;
    }

    /// <summary>Who is told because the city or ZIP code allows it.</summary>
    private static IEnumerable<Recipient> Allowed(IEnumerable<County> possible) =>
        possible.Select(county => new Recipient(county, Role.Courtesy, Bases.CityOrZip, Confidences.Low, null, RuleTexts.CityOrZipToo(county)));

    /// <summary>The recipients once a person has decided on the responding county.</summary>
    private static RoutingDecision.Determined ByPerson(County county, RoutingRule rule, IReadOnlyList<ReportedChild> reports, CountyMap map) =>
        ForEach(reports, [new Recipient(county, Role.Responder, Bases.Desk, Confidences.Clear, null, rule)], map);

    private static List<Recipient> ByLocation(SeenPlace seen, LocatedPoint place, County found, Bands bands, State state)
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
            : near.Count > 0 || seen.OuterLines.Count > 0 ? Confidences.NearLine : Confidences.Clear;
        var byMap = seen.Basis;

        var responder = namedNearby is not null
                ? new Recipient(namedNearby.County, Role.Responder, Bases.Explicit, confidence, Whole(place.LineMeters), RuleTexts.NamedNearby(namedNearby.County, found, namedNearby.LineMeters, confidence))
            : named == found
                ? new Recipient(found, Role.Responder, Bases.Explicit, confidence, Whole(place.LineMeters), RuleTexts.Agreed(found, confidence))
                : new Recipient(found, Role.Responder, byMap, confidence, Whole(place.LineMeters), contradicted ? RuleTexts.Contradicted(named!, place) : vague ? RuleTexts.Vague(place, accuracy) : RuleTexts.Found(place, seen.IsPresent, confidence));

        List<Recipient> told = [responder with { Rule = responder.Rule.With(RuleTexts.Beyond(seen.OuterLines, state)) }];
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
