using System.Globalization;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class DeterminationTests
{
    private static RoutingDecision Route(FoundLocation? location, string? named = null, string ori = "CA0194200", params ReportedChild[] children) =>
        Determination.Of(Encounter(location, named, ori, children), Map);

    [Fact]
    public void The_county_where_the_child_is_responds() =>
        Route(DowntownLosAngeles).Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION CLEAR"]);

    [Fact]
    public void Near_a_line_the_neighbor_is_told_too() =>
        Route(EastWhittier).Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION NEAR_LINE", "06059 COURTESY FOUND_LOCATION NEAR_LINE"]);

    [Fact]
    public void So_near_a_line_that_a_person_confirms_is_on_it_and_the_county_responds_all_the_same()
    {
        Route(LaMirada).ToConfirm().ShouldBeNull("whoever accepts confirms, and nothing waits for the desk");
        Route(LaMirada).ShouldBeOfType<RoutingDecision.Determined>().Responder.Rule.Text.ShouldContain("the county that accepts confirms");
        Route(LaMirada).Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION ON_LINE", "06059 COURTESY FOUND_LOCATION ON_LINE"]);
    }

    [Fact]
    public void Pajaro_which_the_map_puts_across_the_river_reaches_Monterey_all_the_same() =>
        Route(new(36.9041, -121.7486, 15)).Told().ShouldBe(["06087 RESPONDER FOUND_LOCATION ON_LINE", "06053 COURTESY FOUND_LOCATION ON_LINE"]);

    [Fact]
    public void At_a_corner_all_neighbors_are_told() => // of Sutter, Sacramento and Yolo
        Route(new(38.7410, -121.5900, 15)).Told().Select(line => line[..15].TrimEnd()).ShouldBe(["06101 RESPONDER", "06067 COURTESY", "06113 COURTESY"]);

    [Theory]
    [InlineData(15, "NEAR_LINE")]
    [InlineData(2_300, "NEAR_LINE")]
    [InlineData(2_400, "ON_LINE")]
    public void A_circle_of_accuracy_that_crosses_the_line_is_on_it(double accuracy, string confidence) =>
        Route(EastWhittier with { AccuracyMeters = accuracy }).Told()[0].ShouldBe($"06037 RESPONDER FOUND_LOCATION {confidence}");

    [Fact]
    public void A_wide_circle_tells_every_county_that_it_reaches() =>
        Route(new(33.8366, -117.9143, 9_600)).Told().ShouldBe(["06059 RESPONDER FOUND_LOCATION ON_LINE", "06037 COURTESY FOUND_LOCATION ON_LINE"]);

    [Fact]
    public void A_circle_too_wide_to_mean_anything_gives_the_likeliest_county_as_a_guess_and_tells_nobody_else() =>
        Route(new(33.8366, -117.9143, 40_000)).Told().ShouldBe(["06059 RESPONDER FOUND_LOCATION LOW"]);

    [Theory]
    [InlineData(-5.0)]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public void An_accuracy_that_says_nothing_is_as_none(double? accuracy) =>
        Route(DowntownLosAngeles with { AccuracyMeters = accuracy }).Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION CLEAR"]);

    [Fact]
    public void A_county_that_the_report_names_and_the_location_confirms_is_explicit() =>
        Route(DowntownLosAngeles, "06037").Told().ShouldBe(["06037 RESPONDER EXPLICIT CLEAR"]);

    [Fact]
    public void A_named_county_just_across_the_line_wins_and_the_maps_county_is_told() =>
        Route(EastWhittier, "06059").Told().ShouldBe(["06059 RESPONDER EXPLICIT NEAR_LINE", "06037 COURTESY FOUND_LOCATION NEAR_LINE"]);

    [Fact]
    public void A_name_that_the_location_clearly_contradicts_makes_it_a_guess_and_both_are_told()
    {
        var routing = Route(DowntownLosAngeles, "06073");
        routing.Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION LOW", "06073 COURTESY EXPLICIT LOW"]);
        routing.ToConfirm().ShouldBe(UndeterminedReasons.Unconfirmed);
    }

    [Fact]
    public void A_name_without_location_is_enough()
    {
        Route(null, "06073").Told().ShouldBe(["06073 RESPONDER EXPLICIT CLEAR"]);
        Route(null, "06073").ToConfirm().ShouldBeNull();
    }

    [Fact]
    public void A_name_settles_a_vague_location() =>
        Route(new(33.8366, -117.9143, 40_000), "06037").Told().ShouldBe(["06037 RESPONDER EXPLICIT ON_LINE", "06059 COURTESY FOUND_LOCATION ON_LINE"]);

    [Fact]
    public void A_name_against_a_location_outside_California_is_a_guess_that_the_county_confirms() =>
        Route(Reno, "06061").Told().ShouldBe(["06061 RESPONDER EXPLICIT LOW"]);

    [Theory]
    [InlineData("06017", "ON_LINE")]
    [InlineData("06061", "LOW")]
    public void Just_across_the_state_line_the_named_county_there_is_believed(string named, string confidence) =>
        Route(Stateline, named).Told().ShouldBe([$"{named} RESPONDER EXPLICIT {confidence}"]);

    [Fact]
    public void Nearer_to_the_state_line_than_the_map_is_exact_is_on_the_line_though_no_county_is_across() =>
        Route(new(32.7390, -114.6347, 15)).Told().ShouldBe(["06025 RESPONDER FOUND_LOCATION ON_LINE"]);

    [Fact]
    public void A_location_on_water_goes_to_the_nearest_shore() =>
        Route(new(32.58, -117.15, 15)).Told().ShouldBe(["06073 RESPONDER NEAREST_SHORE CLEAR"]);

    [Fact]
    public void Residence_and_dependency_counties_get_handoffs_of_their_own() =>
        Route(DowntownLosAngeles, null, "CA0194200", Child(residence: "06065", dependency: "06071")).Told()
            .ShouldBe(["06037 RESPONDER FOUND_LOCATION CLEAR", "06071 DEPENDENCY EXPLICIT CLEAR", "06065 RESIDENCE EXPLICIT CLEAR"]);

    [Theory]
    [InlineData("06037", "06037", "06037 RESPONDER|06059 COURTESY")]
    [InlineData("06059", null, "06037 RESPONDER|06059 RESIDENCE")]
    [InlineData("06059", "06059", "06037 RESPONDER|06059 DEPENDENCY")]
    [InlineData(null, "06037", "06037 RESPONDER|06059 COURTESY")]
    [InlineData("32031", "06002", "06037 RESPONDER|06059 COURTESY")]
    public void A_county_is_told_once_in_its_strongest_role(string? residence, string? dependency, string told) =>
        string.Join('|', Route(EastWhittier, null, "CA0194200", Child(residence, dependency)).Told().Select(line => string.Join(' ', line.Split(' ')[..2]))).ShouldBe(told);

    [Fact]
    public void Every_child_has_a_routing_of_its_own_with_the_same_responder()
    {
        var reports = Route(DowntownLosAngeles, null, "CA0194200", Child(residence: "06065", number: 1), Child(number: 2)).ShouldBeOfType<RoutingDecision.Determined>().Reports;
        reports.Select(report => report.Report.Child).ShouldBe([1, 2]);
        reports.Select(report => string.Join(' ', report.Recipients.Select(recipient => recipient.Organization.CountyFips))).ShouldBe(["06037 06065", "06037"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("99999")]
    public void With_neither_county_nor_location_the_agencys_county_is_a_guess_that_the_desk_confirms(string? named) =>
        Guessed(Route(null, named), "06037 RESPONDER REPORTING_AGENCY LOW", UndeterminedReasons.NoLocation);

    [Fact]
    public void Coordinates_that_are_not_on_Earth_are_as_none() =>
        Guessed(Route(new(340.5, -118.25, 15)), "06037 RESPONDER REPORTING_AGENCY LOW", UndeterminedReasons.NoLocation);

    [Fact]
    public void Outside_California_the_agencys_county_is_a_guess_that_the_desk_confirms() =>
        Guessed(Route(Reno, ori: "CA0310000"), "06061 RESPONDER REPORTING_AGENCY LOW", UndeterminedReasons.OutsideState);

    [Fact]
    public void So_near_the_state_line_that_the_map_may_be_wrong_the_county_there_is_the_guess() =>
        Guessed(Route(Stateline with { AccuracyMeters = 500 }, ori: "CA0194200"), "06017 RESPONDER FOUND_LOCATION LOW", UndeterminedReasons.OutsideState);

    [Theory]
    [InlineData(false, "NO_LOCATION"), InlineData(true, "OUTSIDE_STATE")]
    public void Where_the_agency_works_in_the_whole_state_nothing_is_likely_and_the_desk_decides(bool isInReno, string reason) =>
        Undetermined(Route(isInReno ? Reno : null, ori: "CA0199900")).ShouldBe(reason);

    private static string Undetermined(RoutingDecision routing) => routing.ShouldBeOfType<RoutingDecision.Undetermined>().Reason;

    private static RoutingDecision Stated(StatedPlace? place, FoundLocation? location = null, string? named = null, string ori = "CA0194200") =>
        Determination.Of(Encounter(location, named, ori) with { StatedPlace = place }, Map);

    private static StatedPlace Place(bool agree, params string[] counties) => new([.. counties.Select(CountyFips.Parse)], agree);

    private static string[] Possible(RoutingDecision routing) => [.. routing.Possible.Select(county => county.Fips.Text)];

    [Fact]
    public void City_and_ZIP_code_that_both_lead_to_one_county_alone_decide()
    {
        var routing = Stated(Place(true, "06073"));
        (routing.Told().ShouldHaveSingleItem(), routing.ToConfirm(), Possible(routing).Length).ShouldBe(("06073 RESPONDER CITY_OR_ZIP CLEAR", null, 0));
    }

    [Fact]
    public void Only_one_of_them_or_two_that_contradict_each_other_are_a_guess()
    {
        var one = Stated(Place(false, "06073"));
        Guessed(one, "06073 RESPONDER CITY_OR_ZIP LOW", UndeterminedReasons.NoLocation);
        Possible(one).ShouldBe(["06073"]);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Of_several_counties_the_agencys_is_the_guess_and_the_others_are_told(bool agree)
    {
        var several = Stated(Place(agree, "06029", "06037"));
        (string.Join('|', several.Told()), several.ToConfirm()).ShouldBe(("06037 RESPONDER CITY_OR_ZIP LOW|06029 COURTESY CITY_OR_ZIP LOW", UndeterminedReasons.NoLocation));
        Possible(several).ShouldBe(["06029", "06037"]);
    }

    [Fact]
    public void Of_several_none_of_which_is_the_agencys_none_is_taken_by_luck_and_the_desk_sees_all()
    {
        var several = Stated(Place(true, "06029", "06111"));
        Undetermined(several).ShouldBe(UndeterminedReasons.NoLocation);
        Possible(several).ShouldBe(["06029", "06111"]);
    }

    [Fact]
    public void A_named_county_that_city_or_ZIP_code_contradict_is_a_guess_and_theirs_are_told()
    {
        Stated(Place(true, "06037"), named: "06037").Told().ShouldBe(["06037 RESPONDER EXPLICIT CLEAR"]);
        var against = Stated(Place(true, "06037"), named: "06073");
        (string.Join('|', against.Told()), against.ToConfirm()).ShouldBe(("06073 RESPONDER EXPLICIT LOW|06037 COURTESY CITY_OR_ZIP LOW", UndeterminedReasons.Unconfirmed));
        Possible(against).ShouldBe(["06037"]);
    }

    [Fact]
    public void A_location_in_the_state_counts_alone_and_one_outside_makes_city_and_ZIP_code_a_guess()
    {
        Stated(Place(true, "06073"), DowntownLosAngeles).Told().ShouldBe(["06037 RESPONDER FOUND_LOCATION CLEAR"]);
        Guessed(Stated(Place(true, "06073"), Reno), "06073 RESPONDER CITY_OR_ZIP LOW", UndeterminedReasons.OutsideState);
    }

    [Fact]
    public void What_is_no_county_of_the_state_is_not_possible() => Undetermined(Stated(Place(true, "32031"), ori: "CA0199900")).ShouldBe(UndeterminedReasons.NoLocation);

    private static void Guessed(RoutingDecision routing, string told, string why) => (routing.Told().ShouldHaveSingleItem(), routing.ToConfirm()).ShouldBe((told, why));

    [Theory]
    [InlineData("34.05 -118.25", null, "33.8366 -117.9143", "06059 RESPONDER PRESENT_LOCATION CLEAR|06037 COURTESY FOUND_LOCATION CLEAR", null)]
    [InlineData("34.05 -118.25", null, "34.06 -118.24", "06037 RESPONDER PRESENT_LOCATION CLEAR", null)]
    [InlineData(null, null, "33.8366 -117.9143", "06059 RESPONDER PRESENT_LOCATION CLEAR", null)]
    [InlineData("34.05 -118.25", null, "32.58 -117.15", "06073 RESPONDER PRESENT_LOCATION CLEAR|06037 COURTESY FOUND_LOCATION CLEAR", null)]
    [InlineData("34.05 -118.25", null, "06073", "06073 RESPONDER EXPLICIT CLEAR|06037 COURTESY FOUND_LOCATION CLEAR", null)]
    [InlineData(null, "06037", "33.8366 -117.9143", "06059 RESPONDER PRESENT_LOCATION CLEAR|06037 COURTESY EXPLICIT CLEAR", null)]
    [InlineData("34.05 -118.25", null, "city and ZIP 06073", "06073 RESPONDER CITY_OR_ZIP CLEAR|06037 COURTESY FOUND_LOCATION CLEAR", null)]
    [InlineData("34.05 -118.25", null, "city or ZIP 06029 06037", "06037 RESPONDER CITY_OR_ZIP LOW|06029 COURTESY CITY_OR_ZIP LOW", "NO_LOCATION")]
    [InlineData("34.05 -118.25", null, "39.5296 -119.8138", "06037 RESPONDER FOUND_LOCATION LOW", "OUTSIDE_STATE")]
    [InlineData("34.05 -118.25", null, "", "06037 RESPONDER FOUND_LOCATION CLEAR", null)]
    [InlineData(null, null, "39.5296 -119.8138", "06067 RESPONDER REPORTING_AGENCY LOW", "OUTSIDE_STATE")]
    public void Where_the_child_is_now_decides_and_where_it_was_found_is_told(string? found, string? named, string present, string told, string? toConfirm)
    {
        var words = present.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var stated = words.Where(word => word.Length == 5 && word.All(char.IsDigit)).ToArray();
        PresentPlace now = new(stated.Length == 0 ? At(present) : null, stated is [var county] && words.Length == 1 ? CountyFips.Parse(county) : null,
            words.Length > 1 && stated.Length > 0 ? Place(present.StartsWith("city and", StringComparison.Ordinal), stated) : null);

        var routing = Determination.Of(Encounter(At(found), named, "CA0340000") with { PresentPlace = now }, Map);

        (string.Join('|', routing.Told()), routing.ToConfirm()).ShouldBe((told, toConfirm));
    }

    private static FoundLocation? At(string? point) => point?.Split(' ') is [var north, var east]
        ? new(double.Parse(north, CultureInfo.InvariantCulture), double.Parse(east, CultureInfo.InvariantCulture), 15) : null;

    [Theory]
    [InlineData(0, 0, "ZERO", null)]
    [InlineData(0, -118.25, "ZERO", null)]
    [InlineData(34.05, 118.25, "SIGN_LOST", "06037")]
    [InlineData(-34.05, -118.25, "SIGN_LOST", "06037")]
    [InlineData(-118.25, 34.05, "SWAPPED", "06037")]
    [InlineData(118.25, 34.05, "SWAPPED_AND_SIGN_LOST", "06037")]
    [InlineData(39.5296, -119.8138, null, null)]
    [InlineData(51.5, -0.12, null, null)]
    [InlineData(34.05, -118.25, null, null)]
    public void A_mistake_in_coordinates_is_named_with_what_was_meant_and_decides_nothing(double north, double east, string? mistake, string? meant)
    {
        var decision = Route(new(north, east, null), ori: "CA0199900");
        var evidence = decision.Evidence!.Found;
        (evidence.Mistake, evidence.MeantCountyFips?.Text, evidence.Suggestion is null).ShouldBe((mistake, meant, mistake is null));
        (decision is RoutingDecision.Undetermined).ShouldBe(evidence.CountyFips is null, "nobody is told by what was only suspected");
    }

    [Fact]
    public void The_desks_decision_is_routed_like_any_other()
    {
        var routing = Determination.Of(new() { AssignedCountyFips = CountyFips.Parse("06059"), Reports = [Child(residence: "06037")] }, Map);
        routing.Told().ShouldBe(["06059 RESPONDER DESK CLEAR", "06037 RESIDENCE EXPLICIT CLEAR"]);
    }

    [Fact]
    public void A_county_may_have_bands_of_its_own() =>
        Determination.Of(Encounter(EastWhittier), Map, county => county.Fips.Text == "06037" ? Bands.Default with { NearLineMeters = 2_000 } : Bands.Default).Told()
            .ShouldBe(["06037 RESPONDER FOUND_LOCATION CLEAR"]);

    [Fact]
    public void The_rule_is_a_sentence_and_the_distance_is_told()
    {
        var responder = Route(EastWhittier).ShouldBeOfType<RoutingDecision.Determined>().Reports[0].Recipients[0];
        responder.Rule.Text.ShouldBe("The location is in Los Angeles County, 2.4 km from the nearest county line. " +
            "The county where the child is responds (host county). No county may refuse a report for lack of jurisdiction; it may refer it on.");
        responder.DistanceToLineMeters!.Value.ShouldBeInRange(2_340, 2_380);
        Route(null, "06037").ShouldBeOfType<RoutingDecision.Determined>().Reports[0].Recipients[0].DistanceToLineMeters.ShouldBeNull();
    }
}
