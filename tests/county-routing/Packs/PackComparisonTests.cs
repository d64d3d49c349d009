using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Packs;

/// <summary>What another version of a county's pack makes of a decision, as a table: facts and two packs in, recipients out.</summary>
public class PackComparisonTests
{
    private const string LosAngeles = "06037", Orange = "06059";
    private static readonly IReadOnlyDictionary<CountyFips, ProtocolPack> Defaults = PackFiles.DefaultsOf(Map);
    private static readonly PackAgency[] Everybody =
    [
        Agency(Role.DistrictAttorney, "da:06037"), Agency(Role.Licensing, "licensing:ca"), Agency(Role.Tribe, "tribe:yurok"), Agency(Role.MissingChild, "le:CA0190000"),
    ];

    private static PackAgency Agency(Role role, string organization) => new() { Role = role, Organization = Organization.Parse(organization), Name = organization };

    private static County Of(string fips) => Map.Find(CountyFips.Parse(fips))!;

    private static PackComparison Comparison(string county, Func<ProtocolPack, ProtocolPack> change, Func<County, ProtocolPack>? packOf = null) =>
        new(Of(county), Defaults[Of(county).Fips], change(Defaults[Of(county).Fips]), Map, packOf ?? (other => Defaults[other.Fips]));

    private static string Changes(JurisdictionFacts facts, string county, Func<ProtocolPack, ProtocolPack> change, string? reader = null)
    {
        var kept = Decisions.Keep(facts, Map, []);
        return string.Join(", ", Comparison(county, change).Of(kept.Facts, kept.Reports, Organization.Parse(reader ?? $"county:{county}"))
            .Select(one => $"{one.Op} {one.Organization} {Part(one.From)}>{Part(one.To)}"));

        static string? Part(RecipientPart? part) => part is null ? null : $"{part.Role.Text()} {part.Confidence}";
    }

    private static Func<ProtocolPack, ProtocolPack> Lists(params PackAgency[] agencies) => pack => pack with { Agencies = agencies };

    private static ProtocolPack Wider(ProtocolPack pack) => pack with { Bands = new(NearLineMeters: 9_000, OnLineMeters: 3_000) };

    private static ProtocolPack Narrower(ProtocolPack pack) => pack with { Bands = new(NearLineMeters: 1_000, OnLineMeters: 400) };

    [Fact]
    public void Bands_change_who_is_told_across_the_line_and_how_sure_the_county_is()
    {
        Changes(Encounter(EastWhittier), LosAngeles, Narrower).ShouldBe("REPLACE county:06037 RESPONDER NEAR_LINE>RESPONDER CLEAR, REMOVE county:06059 COURTESY NEAR_LINE>");
        Changes(Encounter(EastWhittier), LosAngeles, Wider).ShouldBe("REPLACE county:06037 RESPONDER NEAR_LINE>RESPONDER ON_LINE, REPLACE county:06059 COURTESY NEAR_LINE>COURTESY ON_LINE");
        Changes(Encounter(EastWhittier), Orange, Wider).ShouldBe("", "the place is in the other county, whose bands count");
        Changes(Encounter(DowntownLosAngeles), LosAngeles, Wider).ShouldBe("", "no line is near");
    }

    [Fact]
    public void Who_is_listed_is_told_where_the_county_has_a_part_and_its_responder_is_no_guess()
    {
        Changes(Encounter(DowntownLosAngeles), LosAngeles, Lists(Everybody)).ShouldBe("ADD da:06037 >DISTRICT_ATTORNEY CLEAR");
        Changes(Encounter(EastWhittier), Orange, Lists(Agency(Role.DistrictAttorney, "da:06059"))).ShouldBe("", "another county responds");
        Changes(Encounter(null), LosAngeles, Lists(Everybody)).ShouldBe("", "the county is a guess");
        Changes(new() { AssignedCountyFips = CountyFips.Parse(LosAngeles), Reports = [Child()] }, LosAngeles, Lists(Everybody)).ShouldBe("ADD da:06037 >DISTRICT_ATTORNEY CLEAR", "a person has decided");
    }

    [Fact]
    public void What_follows_from_a_childs_facts_is_for_whoever_reads_them_from_the_opening_on()
    {
        var child = Child(residence: Orange) with { LivesInLicensedHome = true, TribeOrganization = Organization.Parse("tribe:yurok"), Missing = true };
        var facts = Encounter(EastWhittier, children: child);

        Changes(facts, LosAngeles, Lists(Everybody)).ShouldBe("ADD da:06037 >DISTRICT_ATTORNEY CLEAR, ADD licensing:ca >LICENSING CLEAR, ADD tribe:yurok >TRIBE CLEAR");
        Changes(facts, Orange, Lists(Agency(Role.Licensing, "licensing:ca"), Agency(Role.Tribe, "tribe:yurok"), Agency(Role.MissingChild, "le:CA0300000")))
            .ShouldBe("", "a residence county has not accepted, and would learn by trying what it may not read");
        Changes(facts, LosAngeles, Lists(Everybody), reader: "state:ca").ShouldBe("ADD da:06037 >DISTRICT_ATTORNEY CLEAR", "the state learns nothing of the child");
        Changes(facts with { Reports = [child with { DependencyCountyFips = CountyFips.Parse(Orange) }] }, Orange, Lists(Agency(Role.Licensing, "licensing:ca")))
            .ShouldBe("ADD licensing:ca >LICENSING CLEAR", "the county of the dependency case reads at once");
    }

    [Fact]
    public void A_report_of_the_encounter_that_did_not_tell_the_county_is_not_shown()
    {
        var facts = Encounter(DowntownLosAngeles, children: [Child(), Child(dependency: Orange, number: 2)]);
        var kept = Decisions.Keep(facts, Map, []);

        Comparison(Orange, Lists(Agency(Role.ChildAttorney, "attorney:06059"))).Of(kept.Facts, kept.Reports, Organization.Parse("county:06059"))
            .ShouldHaveSingleItem().ReportId.ShouldBe(facts.Reports[1].ReportId);
    }

    [Fact]
    public void Only_bands_and_who_is_listed_can_make_a_difference()
    {
        Comparison(LosAngeles, pack => pack with { AcknowledgeWithinMinutes = 5, Hotline = null, RetentionDays = 1000, Bands = Bands.Default }).CanDiffer.ShouldBeFalse();
        Comparison(LosAngeles, Wider).CanDiffer.ShouldBeTrue();
        Comparison(LosAngeles, Lists(Everybody)).CanDiffer.ShouldBeTrue();
    }

    [Fact]
    public void A_countys_bands_make_nothing_otherwise_that_did_not_tell_it()
    {
        foreach (var facts in DecisionTests.Corpus)
            foreach (var county in Map.Counties.Where(county => !Decisions.Keep(facts, Map, []).Told.Contains(county.Organization)))
                foreach (var bands in new Bands[] { new(400, 400, 400), new(10_000, 10_000, 50_000) })
                    Told(facts, asked => asked == county ? bands : Bands.Default).ShouldBe(Told(facts, _ => Bands.Default), $"{county.Name} was not told");

        static string Told(JurisdictionFacts facts, Func<County, Bands> bands) => Determination.Of(facts, Map, bands) is RoutingDecision.Determined routing
            ? string.Join(", ", routing.Reports.SelectMany(report => report.Recipients).Select(one => $"{one.Organization} {one.Role} {one.Confidence}")) : "";
    }
}
