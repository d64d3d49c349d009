using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;
using static System.FormattableString;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// What chose a recipient: a code, and the sentences that a recipient, an officer and an auditor read. They name counties and distances, never a child, and no law: which rules a role
/// rests on says the law register.
/// </summary>
internal static class RuleTexts
{
    private const string Host = "The county where the child is responds (host county). No county may refuse a report for lack of jurisdiction; it may refer it on.";

    public static RoutingRule Found(LocatedPoint place, bool isPresent, string confidence)
    {
        var (code, what) = isPresent ? (RoutingRules.Present, "Where the child is now") : (place.OnWater ? RoutingRules.FoundOnWater : RoutingRules.Found, "The location");
        return new(code, place.OnWater
            ? $"{what} is on water, nearest to the shore of {place.County!.Name} County.{ToConfirm(confidence)} {Host}"
            : $"{what} is in {place.County!.Name} County, {Distance(place.LineMeters)} from the nearest county line.{ToConfirm(confidence)} {Host}");
    }

    public static RoutingRule FoundThere(County county) =>
        new(RoutingRules.FoundThere, $"The child was found in {county.Name} County and is elsewhere now: told of what happened there (courtesy).");

    public static RoutingRule FoundBefore(County county) =>
        new(RoutingRules.FoundBefore, $"Where the child is now tells no county for certain; it was found in {county.Name} County: confirm where the child is. {Host}");

    public static RoutingRule Agreed(County county, string confidence) =>
        new(RoutingRules.Agreed, $"The report names {county.Name} County and the location is there.{ToConfirm(confidence)} {Host}");

    public static RoutingRule NamedNearby(County county, County found, double meters, string confidence) =>
        new(RoutingRules.NamedNearby, $"The report names {county.Name} County; the map puts the location in {found.Name} County but only {Distance(meters)} from the line, so the report decides.{ToConfirm(confidence)} {Host}");

    public static RoutingRule NamedAlone(County county) => new(RoutingRules.NamedAlone, $"The report names {county.Name} County and gives no usable location. {Host}");

    public static RoutingRule NamedAtStateLine(County county, State state, double meters) =>
        new(RoutingRules.NamedAtStateLine, $"The report names {county.Name} County; the map puts the location outside {state.Name} but only {Distance(meters)} from that county, so the report decides. {Host}");

    public static RoutingRule NamedAgainstOutside(County county, State state) =>
        new(RoutingRules.NamedAgainstOutside, $"The report names {county.Name} County but its location is outside {state.Name}: confirm where the child is. {Host}");

    public static RoutingRule AcrossTheLine(County county, double meters) =>
        new(RoutingRules.AcrossTheLine, $"{county.Name} County begins {Distance(meters)} from the location: the child may be there (courtesy).");

    public static RoutingRule NamedButElsewhere(County county, County found) =>
        new(RoutingRules.NamedButElsewhere, $"The report names {county.Name} County but the location is clearly in {found.Name} County: told in case the location is wrong (courtesy).");

    public static RoutingRule Vague(LocatedPoint place, double accuracy) =>
        new(RoutingRules.Vague, $"The location is exact to {Distance(accuracy)} only and may be across a county line; {place.County!.Name} County is the likeliest: confirm where the child is. {Host}");

    public static RoutingRule Contradicted(County named, LocatedPoint place) =>
        new(RoutingRules.Contradicted, $"The report names {named.Name} County but the location is in {place.County!.Name} County, {Distance(place.LineMeters)} from the nearest county line: confirm where the child is. {Host}");

    public static RoutingRule JustOutside(County county, State state, double meters) =>
        new(RoutingRules.JustOutside, $"The map puts the location outside {state.Name} but only {Distance(meters)} from {county.Name} County: confirm where the child is. {Host}");

    public static RoutingRule CityAndZip(County county) => new(RoutingRules.CityAndZip, $"The stated city and ZIP code are both in {county.Name} County and in no other. {Host}");

    public static RoutingRule CityOrZip(County county, IReadOnlyCollection<County> possible) => new(RoutingRules.CityOrZip, possible.Count == 1
        ? $"Of the place only a city or a ZIP code is stated, or the two contradict each other; what is stated is in {county.Name} County: confirm where the child is. {Host}"
        : $"The stated city or ZIP code can be in {Names(possible)}; the reporting agency is in {county.Name} County, which makes it the likeliest: confirm where the child is. {Host}");

    public static RoutingRule CityOrZipToo(County county) => new(RoutingRules.CityOrZipToo, $"The stated city or ZIP code can be in {county.Name} County too: the child may be there (courtesy).");

    public static RoutingRule NamedAgainstCityOrZip(County named, IReadOnlyCollection<County> possible) =>
        new(RoutingRules.NamedAgainstCityOrZip, $"The report names {named.Name} County but its city or ZIP code is in {Names(possible)}: confirm where the child is. {Host}");

    public static RoutingRule ByAgency(County county, State state) =>
        new(RoutingRules.ByAgency, $"The report says of no place in {state.Name} where the child is; the reporting agency is in {county.Name} County, which makes it the likeliest: confirm where the child is. {Host}");

    public static RoutingRule Claimed(County county) => new(RoutingRules.Claimed, $"{county.Name} County claimed the report, whose county was a guess. {Host}");

    public static RoutingRule Referred(County county, string from) =>
        new(RoutingRules.Referred, $"{from} referred the report on to {county.Name} County, and stays responsible until {county.Name} County has accepted. {Host}");

    public static RoutingRule Kept(County county) => new(RoutingRules.Kept, $"A person at the desk decided that {county.Name} County keeps the report that it had referred on. {Host}");

    public static RoutingRule Residence(County county) =>
        new(RoutingRules.Residence, $"The child lives in {county.Name} County: the county of residence is told, and reads the report when it accepts, by which it says that it investigates.");

    public static RoutingRule Dependency(County county) =>
        new(RoutingRules.Dependency, $"The juvenile court of {county.Name} County has the child's dependency case: the county that is responsible for the child is told.");

    /// <summary>Why an organization is told that is no county.</summary>
    public static RoutingRule Further(Role role, County county) => new(RoutingRules.Listed, role switch
    {
        Role.DistrictAttorney => $"The district attorney of {county.Name} County, which responds, is told.",
        Role.LawEnforcement => $"The child is in {county.Name} County and the reporting agency is not of there, or of several counties: the agency with jurisdiction is told.",
        Role.Licensing => "The child lives in a home or facility that is licensed to care for children: the licensing office is told.",
        Role.Tribe => "There is reason to know that the child is an Indian child: its tribe is told.",
        Role.ChildAttorney => $"The juvenile court of {county.Name} County has the child's dependency case: the child's attorney is told.",
        Role.MissingChild => $"The child was reported missing: who has its case in {county.Name} County is told.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A county's role."),
    });

    /// <summary>Why somebody must know whom no pack lists.</summary>
    public static string NotReached(Role role, County responder) => (role switch
    {
        Role.DistrictAttorney => $"The district attorney of {responder.Name} County, which responds, must know.",
        Role.LawEnforcement => $"The child is in {responder.Name} County and the reporting agency is not of there, or of several counties: the agency with jurisdiction must know.",
        Role.Licensing => "The child lives in a home or facility that is licensed to care for children: the licensing office must know.",
        Role.Tribe => "There is reason to know that the child is an Indian child: its tribe must know.",
        Role.ChildAttorney => "A juvenile court has the child's dependency case: the child's attorney must know.",
        Role.MissingChild => "The child was reported missing: who has its case must know.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A county's role."),
    }) + " No county's pack lists it: the reporting agency tells it itself.";

    public static RoutingRule Desk(County county) => new(RoutingRules.Desk, $"A person at the desk assigned {county.Name} County. {Host}");

    /// <summary>That other states or countries begin near the place, and what that means; null when none do.</summary>
    public static string? Beyond(IReadOnlyList<OuterLine> lines, State state) => lines.Count == 0 ? null
        : $"{string.Join(" and ", lines.Select(line => $"{state.OuterLines.NameOf(line.Neighbor)} begins {Distance(line.DistanceMeters)} away"))}, and nobody there is told by this system: "
        + "when the child is there, lives there or was brought from there, a person calls whoever is responsible there.";

    private static string? ToConfirm(string confidence) => confidence == Confidences.OnLine ? " So near a line the county that accepts confirms by it that the child is there." : null;

    private static string Names(IEnumerable<County> counties) => string.Join(" or ", counties.Select(county => $"{county.Name} County"));

    private static string Distance(double meters) => meters < 950 ? Invariant($"{Math.Round(meters / 10) * 10:0} m") : Invariant($"{meters / 1000:0.0} km");
}
