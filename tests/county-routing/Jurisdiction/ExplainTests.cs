using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>What is explained is what would be done: everybody who must know, who is not reached, and nothing else.</summary>
public sealed class ExplainTests
{
    private static readonly CountyMap Map = Maps.California;
    private static readonly CountyDirectory Directory = Listing("06037", (Role.DistrictAttorney, "da:06037"), (Role.Licensing, "licensing:ca"), (Role.Tribe, "tribe:yurok"));
    private static readonly PlaceToExplain LosAngeles = new(34.05, -118.25, 15, null, null, null, null, "CA0194200", null);

    private static CountyDirectory Listing(string county, params (Role Role, string Organization)[] agencies)
    {
        var directory = new CountyDirectory(Map, new(false));
        directory.Load([(county, PackFiles.DefaultsOf(Map)[CountyFips.Parse(county)] with
        {
            Version = 4,
            Agencies = [.. agencies.Select(agency => new PackAgency { Role = agency.Role, Organization = Organization.Parse(agency.Organization), Name = agency.Organization })],
        })]);
        return directory;
    }

    private static Explanation Of(PlaceToExplain place) => ExplainJurisdiction.Of(ExplainJurisdiction.FactsOf(place, Map.State), Map, Directory, Map.State.Law);

    private static string Told(IEnumerable<ExplainedRecipient> recipients) => string.Join(", ", recipients.Select(one => $"{one.Role.Text()} {one.Organization} {one.RuleCode}"));

    [Fact]
    public void Everybody_who_must_know_is_named_with_why_and_who_is_not_reached()
    {
        var explained = Of(LosAngeles with { Child = new("06059", "06065", Missing: true, LivesInLicensedHome: true, ReasonToKnowIndianChild: true, "tribe:yurok") });

        Told(explained.Recipients).ShouldBe("RESPONDER county:06037 FOUND, DEPENDENCY county:06065 DEPENDENCY, RESIDENCE county:06059 RESIDENCE, "
            + "DISTRICT_ATTORNEY da:06037 LISTED, LICENSING licensing:ca LISTED, TRIBE tribe:yurok LISTED");
        explained.NotReached.Select(one => one.Role).ShouldBe([Role.ChildAttorney, Role.MissingChild]);
        explained.NotReached.ShouldAllBe(one => one.Rule.EndsWith("the reporting agency tells it itself.", StringComparison.Ordinal) && one.Rules.Count > 0);
        explained.Recipients.ShouldAllBe(one => one.Rule.Length > 0 && one.Rules.Count > 0);
        explained.OnceConfirmed.ShouldBeEmpty();
        explained.Versions.Packs.Select(pack => $"{pack.CountyFips} {pack.Version}").ShouldBe(["06037 4", "06059 0", "06065 0"], "also those in which somebody was looked for");
    }

    [Fact]
    public void Where_the_county_is_a_guess_nobody_further_is_told_until_a_person_has_confirmed_it()
    {
        var explained = Of(LosAngeles with { Latitude = null, Longitude = null });

        (explained.Undetermined, Told(explained.Recipients)).ShouldBe((UndeterminedReasons.NoLocation, "RESPONDER county:06037 BY_AGENCY"));
        Told(explained.OnceConfirmed).ShouldBe("DISTRICT_ATTORNEY da:06037 LISTED");
        explained.NotReached.ShouldBeEmpty();
    }

    [Fact]
    public void Where_nothing_makes_a_county_likely_nobody_is_named()
    {
        var explained = Of(LosAngeles with { Latitude = null, Longitude = null, AgencyOri = null });

        (explained.Recipients.Count, explained.OnceConfirmed.Count, explained.NotReached.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Every_role_that_is_no_countys_has_words_for_not_being_reached() => Enum.GetValues<Role>().Where(role => !role.IsCountyRole())
        .Select(role => RuleTexts.NotReached(role, Map.Counties[0])).Distinct().Count().ShouldBe(6);
}
