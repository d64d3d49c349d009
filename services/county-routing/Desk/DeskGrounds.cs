using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>What there is here to decide an item by. It says nothing of the child.</summary>
/// <param name="Evidence">What routing looked at, what of it does not go together, and the mistake that the coordinates look like; null when its decision is from before decisions were kept.</param>
/// <param name="Counties">Every county that something speaks for, the likeliest first; empty when nothing does.</param>
public sealed record DeskGrounds(Evidence? Evidence, IReadOnlyList<DeskSuggestion> Counties);

/// <summary>A county that something speaks for.</summary>
/// <param name="Organization">Such as <c>county:06037</c>: what to assign.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reasons">What speaks for it; at least one.</param>
/// <param name="ToldAs">As what routing has told it, and by which rule, how sure and how far from the line; null when it has not.</param>
/// <param name="Hotline">Its number, day and night; null when nobody has given a checked one.</param>
public sealed record DeskSuggestion(Organization Organization, string Name, [CodeOf(typeof(SuggestionReasons))] IReadOnlyList<string> Reasons, ExplainedRecipient? ToldAs, Hotline? Hotline);

/// <summary>What speaks for a county, the strongest first.</summary>
public static class SuggestionReasons
{
    /// <summary>It is the likely responder, and has been told.</summary>
    public const string Likely = "LIKELY";
    /// <summary>It is the one that does not answer.</summary>
    public const string Silent = "SILENT";
    /// <summary>The ladder of the one that does not answer names it.</summary>
    public const string Backup = "BACKUP";
    /// <summary>It is one of the counties that do not agree.</summary>
    public const string Disputed = "DISPUTED";
    /// <summary>The coordinates of where the child is now are in it.</summary>
    public const string PresentCoordinates = "PRESENT_COORDINATES";
    /// <summary>The coordinates of where the child was found are in it.</summary>
    public const string Coordinates = "COORDINATES";
    /// <summary>The report names it.</summary>
    public const string Stated = "STATED";
    /// <summary>City and ZIP code allow it.</summary>
    public const string CityOrZip = "CITY_OR_ZIP";
    /// <summary>The coordinates would be in it without the mistake that they look like.</summary>
    public const string MeantCoordinates = "MEANT_COORDINATES";
    /// <summary>The reporting agency is there.</summary>
    public const string Agency = "AGENCY";
}

/// <summary>What speaks for which county, from an item and routing's decision. Pure but for the packs of today.</summary>
internal sealed class DeskBriefing(CountyMap map, CountyDirectory directory, HotlineAge age, LawRegister law)
{
    /// <summary>What there is to decide an item by.</summary>
    /// <param name="item">The item.</param>
    /// <param name="routing">Routing's decision about its encounter; null when it is not kept.</param>
    public DeskGrounds Of(DeskItem item, JurisdictionDecision? routing) => new(routing?.Evidence, [.. Reasons(item, routing?.Evidence)
        .Select(one => (one.Reason, County: map.Find(one.County))).Where(one => one.County is not null)
        .GroupBy(one => one.County!, one => one.Reason).Select(of => Suggestion(of.Key, [.. of.Distinct()], routing))]);

    private DeskSuggestion Suggestion(County county, IReadOnlyList<string> reasons, JurisdictionDecision? routing) => new(county.Organization, county.Name, reasons,
        routing?.Reports.SelectMany(report => report.Recipients).FirstOrDefault(told => told.Organization == county.Organization && told.Role is Role.Responder or Role.Courtesy) is { } told
            ? ExplainedRecipient.Of(told, law) : null,
        age.Shown(directory.PackOf(county).Hotline, directory.Today));

    private IEnumerable<(string Reason, CountyFips? County)> Reasons(DeskItem item, Evidence? evidence)
    {
        var isSilent = item.Reason == UndeterminedReasons.CountySilent;
        yield return (isSilent ? SuggestionReasons.Silent : SuggestionReasons.Likely, item.SuggestedOrganization?.CountyFips);
        if (isSilent && map.OfOrganization(item.SuggestedOrganization!) is { } silent)
            foreach (var rung in directory.PackOf(silent).Escalation.Rungs.Where(rung => rung.Organization != silent.Organization))
                yield return (SuggestionReasons.Backup, rung.Organization.CountyFips);
        foreach (var between in item.BetweenOrganizations)
            yield return (SuggestionReasons.Disputed, between.CountyFips);
        yield return (SuggestionReasons.PresentCoordinates, evidence?.Present?.CountyFips);
        yield return (SuggestionReasons.Coordinates, evidence?.Found.CountyFips);
        PlaceEvidence[] places = [.. new[] { evidence?.Present, evidence?.Found }.OfType<PlaceEvidence>()];
        foreach (var place in places)
            yield return (SuggestionReasons.Stated, place.StatedCountyFips);
        foreach (var allowed in item.PossibleOrganizations.Select(organization => organization.CountyFips).Concat(places.SelectMany(place => place.PlaceCountyFips)))
            yield return (SuggestionReasons.CityOrZip, allowed);
        foreach (var place in places)
            yield return (SuggestionReasons.MeantCoordinates, place.MeantCountyFips);
        yield return (SuggestionReasons.Agency, evidence?.AgencyCountyFips);
    }
}
