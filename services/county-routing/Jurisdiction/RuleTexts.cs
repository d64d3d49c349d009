using SafeHarbor.ServiceDefaults.States;
using static System.FormattableString;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>The reasons that a recipient, an officer and an auditor read. They name counties and distances, never a child, and no law: which rules a role rests on says the law register.</summary>
internal static class RuleTexts
{
    private const string Host = "The county where the child is responds (host county). No county may refuse a report for lack of jurisdiction; it may refer it on.";

    public static string Found(LocatedPoint place) => place.OnWater
        ? $"The location is on water, nearest to the shore of {place.County!.Name} County. {Host}"
        : $"The location is in {place.County!.Name} County, {Distance(place.LineMeters)} from the nearest county line. {Host}";

    public static string Agreed(County county) => $"The report names {county.Name} County and the location is there. {Host}";

    public static string NamedNearby(County county, County found, double meters) =>
        $"The report names {county.Name} County; the map puts the location in {found.Name} County but only {Distance(meters)} from the line, so the report decides. {Host}";

    public static string NamedAlone(County county) => $"The report names {county.Name} County and gives no usable location. {Host}";

    public static string NamedAtStateLine(County county, State state, double meters) =>
        $"The report names {county.Name} County; the map puts the location outside {state.Name} but only {Distance(meters)} from that county, so the report decides. {Host}";

    public static string NamedAgainstOutside(County county, State state) =>
        $"The report names {county.Name} County but its location is outside {state.Name}: confirm where the child is. {Host}";

    public static string AcrossTheLine(County county, double meters) =>
        $"{county.Name} County begins {Distance(meters)} from the location: the child may be there (courtesy).";

    public static string NamedButElsewhere(County county, County found) =>
        $"The report names {county.Name} County but the location is clearly in {found.Name} County: told in case the location is wrong (courtesy).";

    public static string Vague(LocatedPoint place, double accuracy) =>
        $"The location is exact to {Distance(accuracy)} only and may be across a county line; {place.County!.Name} County is the likeliest: confirm where the child is. {Host}";

    public static string Contradicted(County named, LocatedPoint place) =>
        $"The report names {named.Name} County but the location is in {place.County!.Name} County, {Distance(place.LineMeters)} from the nearest county line: confirm where the child is. {Host}";

    public static string JustOutside(County county, State state, double meters) =>
        $"The map puts the location outside {state.Name} but only {Distance(meters)} from {county.Name} County: confirm where the child is. {Host}";

    public static string CityAndZip(County county) => $"The stated city and ZIP code are both in {county.Name} County and in no other. {Host}";

    public static string CityOrZip(County county, IReadOnlyCollection<County> possible) => possible.Count == 1
        ? $"Of the place only a city or a ZIP code is stated, or the two contradict each other; what is stated is in {county.Name} County: confirm where the child is. {Host}"
        : $"The stated city or ZIP code can be in {Names(possible)}; the reporting agency is in {county.Name} County, which makes it the likeliest: confirm where the child is. {Host}";

    public static string CityOrZipToo(County county) => $"The stated city or ZIP code can be in {county.Name} County too: the child may be there (courtesy).";

    public static string NamedAgainstCityOrZip(County named, IReadOnlyCollection<County> possible) =>
        $"The report names {named.Name} County but its city or ZIP code is in {Names(possible)}: confirm where the child is. {Host}";

    public static string ByAgency(County county, State state) =>
        $"The report says of no place in {state.Name} where the child is; the reporting agency is in {county.Name} County, which makes it the likeliest: confirm where the child is. {Host}";

    public static string Claimed(County county) => $"{county.Name} County claimed the report, whose county was a guess. {Host}";

    public static string Residence(County county) =>
        $"The child lives in {county.Name} County: the county of residence is told, and reads the report when it accepts, by which it says that it investigates.";

    public static string Dependency(County county) =>
        $"The juvenile court of {county.Name} County has the child's dependency case: the county that is responsible for the child is told.";

    /// <summary>Why an organization is told that is no county.</summary>
    public static string Further(Role role, County county) => role switch
    {
        Role.DistrictAttorney => $"The district attorney of {county.Name} County, which responds, is told.",
        Role.LawEnforcement => $"The child is in {county.Name} County and the reporting agency is not of there, or of several counties: the agency with jurisdiction is told.",
        Role.Licensing => "The child lives in a home or facility that is licensed to care for children: the licensing office is told.",
        Role.Tribe => "There is reason to know that the child is an Indian child: its tribe is told.",
        Role.ChildAttorney => $"The juvenile court of {county.Name} County has the child's dependency case: the child's attorney is told.",
        Role.MissingChild => $"The child was reported missing: who has its case in {county.Name} County is told.",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A county's role."),
    };

    public static string Desk(County county) => $"A person at the desk assigned {county.Name} County. {Host}";

    private static string Names(IEnumerable<County> counties) => string.Join(" or ", counties.Select(county => $"{county.Name} County"));

    private static string Distance(double meters) => meters < 950 ? Invariant($"{Math.Round(meters / 10) * 10:0} m") : Invariant($"{meters / 1000:0.0} km");
}
