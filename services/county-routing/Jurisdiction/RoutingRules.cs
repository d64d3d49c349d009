namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What chose a recipient. They are ours: which rules of law its role rests on says the law register.</summary>
public static class RoutingRules
{
    /// <summary>The location is in the county.</summary>
    public const string Found = "FOUND";
    /// <summary>Where the child is now is in the county, or on water and its shore is the nearest.</summary>
    public const string Present = "PRESENT";
    /// <summary>The child was found in the county and is elsewhere now: it is told too.</summary>
    public const string FoundThere = "FOUND_THERE";
    /// <summary>Where the child is now tells no county, and it was found in this one: a guess.</summary>
    public const string FoundBefore = "FOUND_BEFORE";
    /// <summary>The location is on water, and the county's shore is the nearest.</summary>
    public const string FoundOnWater = "FOUND_ON_WATER";
    /// <summary>The report names the county, and the location is there.</summary>
    public const string Agreed = "AGREED";
    /// <summary>The report names the county, and the location is across a line that is near.</summary>
    public const string NamedNearby = "NAMED_NEARBY";
    /// <summary>The report names the county and gives no location.</summary>
    public const string NamedAlone = "NAMED_ALONE";
    /// <summary>The report names the county, and the location is just outside the state.</summary>
    public const string NamedAtStateLine = "NAMED_AT_STATE_LINE";
    /// <summary>The report names the county, and the location is outside the state: a guess.</summary>
    public const string NamedAgainstOutside = "NAMED_AGAINST_OUTSIDE";
    /// <summary>The county begins so near the location that it is told too.</summary>
    public const string AcrossTheLine = "ACROSS_THE_LINE";
    /// <summary>The report names the county, and the location is clearly in another: it is told too.</summary>
    public const string NamedButElsewhere = "NAMED_BUT_ELSEWHERE";
    /// <summary>The location is so vague that the county is only the likeliest: a guess.</summary>
    public const string Vague = "VAGUE";
    /// <summary>The location is in the county, and the report names another: a guess.</summary>
    public const string Contradicted = "CONTRADICTED";
    /// <summary>The location is just outside the state, and the county is the nearest: a guess.</summary>
    public const string JustOutside = "JUST_OUTSIDE";
    /// <summary>City and ZIP code both lead to the county and to no other.</summary>
    public const string CityAndZip = "CITY_AND_ZIP";
    /// <summary>City or ZIP code make the county the likeliest: a guess.</summary>
    public const string CityOrZip = "CITY_OR_ZIP";
    /// <summary>City or ZIP code allow the county: it is told too.</summary>
    public const string CityOrZipToo = "CITY_OR_ZIP_TOO";
    /// <summary>The report names the county, and city or ZIP code lead to another: a guess.</summary>
    public const string NamedAgainstCityOrZip = "NAMED_AGAINST_CITY_OR_ZIP";
    /// <summary>The reporting agency is in the county, and nothing else is known: a guess.</summary>
    public const string ByAgency = "BY_AGENCY";
    /// <summary>The county accepted what was a guess.</summary>
    public const string Claimed = "CLAIMED";
    /// <summary>The child lives in the county.</summary>
    public const string Residence = "RESIDENCE";
    /// <summary>The county's juvenile court has the child's dependency case.</summary>
    public const string Dependency = "DEPENDENCY";
    /// <summary>The county that had the report referred it on to the county.</summary>
    public const string Referred = "REFERRED";
    /// <summary>A person at the desk decided that the county keeps the report, which it had referred on.</summary>
    public const string Kept = "KEPT";
    /// <summary>The report gives somebody besides counties a part, and a county's pack lists the organization for it. It follows from who responds.</summary>
    public const string Listed = "LISTED";
    /// <summary>A person at the desk assigned the county.</summary>
    public const string Desk = "DESK";
}

/// <summary>What chose a recipient.</summary>
/// <param name="Code">One of <see cref="RoutingRules"/>.</param>
/// <param name="Text">The same for people to read.</param>
public sealed record RoutingRule([CodeOf(typeof(RoutingRules))] string Code, string Text)
{
    /// <summary>With a sentence more; the same without one.</summary>
    internal RoutingRule With(string? sentence) => sentence is null ? this : this with { Text = $"{Text} {sentence}" };
}
