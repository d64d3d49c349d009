using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Desk;

/// <summary>What the desk decides by, as a table: a report's place in, counties with what speaks for them out.</summary>
public sealed class DeskBriefingTests
{
    private static readonly CountyDirectory Directory = Empty();
    private static readonly DeskBriefing Briefing = new(Map, Directory, new(Map.State), Map.State.Law);

    private static CountyDirectory Empty()
    {
        var directory = new CountyDirectory(Map, new(false));
        directory.Load(PackFiles.SamplesOf(Map).Select(pack => (pack.CountyFips.Text, (ProtocolPack?)pack)));
        return directory;
    }

    private static DeskGrounds Grounds(JurisdictionFacts facts)
    {
        var routing = Determination.Of(facts, Map);
        var decision = JurisdictionDecision.Of(EncounterId, Deciders.Routing, facts, routing, [], Map, default);
        return Briefing.Of(new()
        {
            SuggestedOrganization = (routing as RoutingDecision.Determined)?.Responder.Organization,
            PossibleOrganizations = [.. routing.Possible.Select(county => county.Organization)],
        }, decision);
    }

    private static string Counties(DeskGrounds grounds) => string.Join(", ", grounds.Counties.Select(one => $"{one.Name}: {string.Join(' ', one.Reasons)}"));

    public static TheoryData<string, JurisdictionFacts, string> Places => new()
    {
        { "nothing but the agency", Encounter(null), "Los Angeles: LIKELY AGENCY" },
        { "the map contradicts the name", Encounter(DowntownLosAngeles, "06073"), "Los Angeles: LIKELY COORDINATES AGENCY, San Diego: STATED" },
        { "a place outside the state, and its agency", Encounter(Reno), "Los Angeles: LIKELY AGENCY" },
        { "a sign lost", Encounter(new(38.5816, 121.4944, 15)), "Los Angeles: LIKELY AGENCY, Sacramento: MEANT_COORDINATES" },
        { "changed places", Encounter(new(-118.25, 34.05, 15)), "Los Angeles: LIKELY MEANT_COORDINATES AGENCY" },
        { "zero", Encounter(new(0, 0, null)), "Los Angeles: LIKELY AGENCY" },
        { "a city in two counties, neither of them the agency's", Encounter(null) with { StatedPlace = new([CountyFips.Parse("06029"), CountyFips.Parse("06073")], false) },
            "Kern: CITY_OR_ZIP, San Diego: CITY_OR_ZIP, Los Angeles: AGENCY" },
        { "where the child is now is outside the state", Encounter(DowntownLosAngeles) with { PresentPlace = new(Reno, null, null) }, "Los Angeles: LIKELY COORDINATES AGENCY" },
    };

    [Theory]
    [MemberData(nameof(Places), DisableDiscoveryEnumeration = true)]
    public void Every_county_that_something_speaks_for_is_shown_with_all_that_does(string because, JurisdictionFacts facts, string counties) =>
        Counties(Grounds(facts)).ShouldBe(counties, because);

    [Fact]
    public void A_mistake_in_the_coordinates_is_named_with_the_county_that_was_meant_and_what_does_not_go_together_too()
    {
        var mistaken = Grounds(Encounter(new(38.5816, 121.4944, 15))).Evidence!.Found;
        (mistaken.Mistake, mistaken.MeantCountyFips?.Text, mistaken.Suggestion).ShouldBe((CoordinateMistakes.SignLost, "06067", mistaken.Suggestion));
        mistaken.Suggestion.ShouldNotBeNull().ShouldContain("Sacramento County");
        Grounds(Encounter(DowntownLosAngeles, "06073")).Evidence!.Found.Contradictions.ShouldBe([PlaceContradictions.StatedCountyElsewhere]);
    }

    [Fact]
    public void Who_has_been_told_is_shown_with_the_rule_and_every_county_with_its_number()
    {
        var counties = Grounds(Encounter(DowntownLosAngeles, "06073")).Counties;

        counties.Select(one => (one.ToldAs?.Role, one.ToldAs?.RuleCode)).ShouldBe([(Role.Responder, RoutingRules.Contradicted), (Role.Courtesy, RoutingRules.NamedButElsewhere)]);
        counties[0].ToldAs!.DistanceToLineMeters.ShouldNotBeNull();
        counties[0].Hotline!.Phone.ShouldBe(Directory.PackOf(Map.Find(CountyFips.Parse("06037"))!).Hotline!.Phone);
        counties[0].Hotline!.Stale.ShouldNotBeNull();
    }

    [Fact]
    public void Counties_that_do_not_agree_are_shown_also_when_the_decision_is_not_kept()
    {
        var item = new DeskItem { Reason = UndeterminedReasons.Disputed, BetweenOrganizations = [Organization.Parse("county:06059"), Organization.Parse("county:06037")] };

        var grounds = Briefing.Of(item, null);

        (grounds.Evidence, Counties(grounds)).ShouldBe((null, "Orange: DISPUTED, Los Angeles: DISPUTED"));
    }

    [Fact]
    public void Of_a_county_that_does_not_answer_its_backups_are_shown()
    {
        var directory = new CountyDirectory(Map, new(false));
        directory.Load([("06067", Maps.SamplePacks.Single(pack => pack.CountyFips.Text == "06067") with
        {
            Escalation = new() { Rungs = [new(0, Organization.Parse("county:06067")), new(5, Organization.Parse("county:06061")), new(10, Organization.Parse("state:ca"))] },
        })]);

        var grounds = new DeskBriefing(Map, directory, new(Map.State), Map.State.Law).Of(new() { Reason = UndeterminedReasons.CountySilent, SuggestedOrganization = Organization.Parse("county:06067") }, null);

        Counties(grounds).ShouldBe("Sacramento: SILENT, Placer: BACKUP");
    }
}
