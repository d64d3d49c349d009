using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>
/// Which county a report without coordinates in the state goes to, as county-routing decides it without the map (<c>Jurisdiction/Determination.cs</c>; a journey holds the
/// two against each other). For one with coordinates it is only whom to call until routing has decided.
/// </summary>
/// <param name="County">The responder, or the likely one; null when none is likelier than others.</param>
/// <param name="PersonDecides">The desk is asked.</param>
/// <param name="Possible">The counties that city and ZIP code allow.</param>
public sealed record ExpectedCounty(County? County, bool PersonDecides, IReadOnlyList<County> Possible)
{
    /// <summary>What is to be expected of a report.</summary>
    public static ExpectedCounty Of(ReportedFacts facts, State state)
    {
        var place = facts.Deciding;
        var stated = place.Place.Stated();
        List<County> possible = [.. (stated?.Counties ?? []).Select(fips => state.County(fips)).OfType<County>()];
        var elsewhere = place.Point is not null;
        if (state.County(place.Named) is { } named)
            return new(named, elsewhere || possible.Count > 0 && !possible.Contains(named), possible);
        if (!elsewhere && possible is [var only] && stated!.CityAndZipAgree)
            return new(only, false, possible);
        // Where it was found is likelier than where the agency is.
        var likely = facts.PresentDecides ? facts.Found.KnownCounty(state) ?? state.CountyOfAgency(facts.AgencyOri) : state.CountyOfAgency(facts.AgencyOri);
        return new(possible is [] ? likely : possible is [var single] ? single : possible.Find(county => county == likely), true, possible);
    }
}
