using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>Who must know of a report besides counties, as a table: coded facts and packs in, organizations and roles out.</summary>
public sealed class FurtherRecipientsTests
{
    private static readonly CountyMap Map = Maps.California;
    private static readonly County LosAngeles = Map.Find(CountyFips.Parse("06037"))!;
    private static readonly Organization Yurok = Organization.Parse("tribe:yurok");

    // The agencies are of Los Angeles (0194200, 1900000), of Orange County and of many counties.
    private static ReportedChild Child(string? ori = "CA0194200") => Facts.Child() with { AgencyOri = ori };

    private static PackAgency Agency(Role role, string organization) => new() { Role = role, Organization = Organization.Parse(organization), Name = organization };

    private static readonly Dictionary<string, ProtocolPack> Packs = new()
    {
        ["06037"] = Pack(Agency(Role.DistrictAttorney, "da:06037"), Agency(Role.LawEnforcement, "le:CA0190000"), Agency(Role.Licensing, "licensing:ca"), Agency(Role.Tribe, "tribe:yurok"), Agency(Role.MissingChild, "le:CA0190000")),
        ["06059"] = Pack(Agency(Role.ChildAttorney, "attorney:06059"), Agency(Role.MissingChild, "le:CA0300000"), Agency(Role.Tribe, "tribe:pomo")),
    };

    private static ProtocolPack Pack(params PackAgency[] agencies) => new() { Agencies = agencies };

    private static string Of(ReportedChild report, Func<County, ProtocolPack>? packOf = null)
    {
        var further = FurtherRecipients.Of(report, LosAngeles, Map, packOf ?? (county => Packs.GetValueOrDefault(county.Fips.Text, Pack())));
        return string.Join(", ", [.. further.Reached.Select(r => $"{r.Role.Text()} {r.Organization} by {r.ListedBy}"), .. further.NotReached.Select(role => $"{role.Text()} not reached")]);
    }

    public static TheoryData<string, ReportedChild, string> Reports => new()
    {
        { "an agency of the county reports", Child(), "" },
        { "an agency of another county reports", Child("CA0300100"), ", LAW_ENFORCEMENT le:CA0190000 by county:06037" },
        { "an agency of many counties reports", Child("CA0199900"), ", LAW_ENFORCEMENT le:CA0190000 by county:06037" },
        { "an earlier version did not say who reported", Child(null), "" },
        { "the child lives in a licensed home", Child() with { LivesInLicensedHome = true }, ", LICENSING licensing:ca by county:06037" },
        { "its tribe takes part", Child() with { ReasonToKnowIndianChild = true, TribeOrganization = Yurok }, ", TRIBE tribe:yurok by county:06037" },
        { "its tribe is named, which is reason enough", Child() with { TribeOrganization = Yurok }, ", TRIBE tribe:yurok by county:06037" },
        { "nobody knows which tribe", Child() with { ReasonToKnowIndianChild = true }, ", TRIBE not reached" },
        { "its tribe takes part in another county", Child() with { TribeOrganization = Organization.Parse("tribe:pomo") }, ", TRIBE not reached" },
        { "its tribe takes part where it lives", Child() with { TribeOrganization = Organization.Parse("tribe:pomo"), ResidenceCountyFips = CountyFips.Parse("06059") }, ", TRIBE tribe:pomo by county:06059" },
        { "a court has its case", Child() with { DependencyCountyFips = CountyFips.Parse("06059") }, ", CHILD_ATTORNEY attorney:06059 by county:06059" },
        { "a court has its case where no attorney takes part", Child() with { DependencyCountyFips = CountyFips.Parse("06065") }, ", CHILD_ATTORNEY not reached" },
        { "it was missing from where a court has its case", Child() with { Missing = true, DependencyCountyFips = CountyFips.Parse("06059") }, ", CHILD_ATTORNEY attorney:06059 by county:06059, MISSING_CHILD le:CA0300000 by county:06059" },
        { "it was missing from where it lives", Child() with { Missing = true, ResidenceCountyFips = CountyFips.Parse("06059") }, ", MISSING_CHILD le:CA0300000 by county:06059" },
        { "it was missing, nobody knows from where", Child() with { Missing = true }, ", MISSING_CHILD le:CA0190000 by county:06037" },
        { "whoever has the missing child's case reported", Child("CA0190000") with { Missing = true }, "" },
        { "one agency has two roles", Child("CA0300100") with { Missing = true }, ", LAW_ENFORCEMENT le:CA0190000 by county:06037" },
        { "the county is not of this state", Child() with { DependencyCountyFips = CountyFips.Parse("32003") }, "" },
    };

    [Theory]
    [MemberData(nameof(Reports), DisableDiscoveryEnumeration = true)]
    public void Who_takes_part_is_told_and_who_does_not_is_named(string because, ReportedChild report, string told) =>
        Of(report).ShouldBe("DISTRICT_ATTORNEY da:06037 by county:06037" + told, because);

    [Fact]
    public void Where_nobody_takes_part_everybody_who_must_know_is_named() => Of(
        Child("CA0199900") with { LivesInLicensedHome = true, TribeOrganization = Yurok, DependencyCountyFips = CountyFips.Parse("06059"), Missing = true }, _ => Pack())
        .ShouldBe("DISTRICT_ATTORNEY not reached, LAW_ENFORCEMENT not reached, LICENSING not reached, TRIBE not reached, CHILD_ATTORNEY not reached, MISSING_CHILD not reached");

    [Fact]
    public void The_states_default_pack_lists_nobody() => PackFiles.DefaultsOf(Map).Values.ShouldAllBe(pack => pack.Agencies.Count == 0);

    [Fact]
    public void Every_role_that_is_no_countys_has_a_reason_for_people() => Enum.GetValues<Role>().Where(role => !role.IsCountyRole())
        .Select(role => RuleTexts.Further(role, LosAngeles).Text).Distinct().Count().ShouldBe(6);
}
