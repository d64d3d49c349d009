using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>Where another state or a country begins near the place, the decision says so; a coast is no such line.</summary>
public sealed class OuterLineTests
{
    private static RoutingDecision.Determined Route(double latitude, double longitude, double accuracy = 15, string? named = null) =>
        Determination.Of(Encounter(new(latitude, longitude, accuracy), named), Map).ShouldBeOfType<RoutingDecision.Determined>();

    [Theory]
    [InlineData("South Lake Tahoe, Heavenly", 38.9355, -119.9400, "06017", "NEAR_LINE", "STATE NV")]
    [InlineData("South Lake Tahoe, the casinos' side", 38.9600, -119.9440, "06017", "ON_LINE", "STATE NV")]
    [InlineData("Needles", 34.8480, -114.6140, "06071", "ON_LINE", "STATE AZ")]
    [InlineData("Needles, west", 34.8480, -114.6370, "06071", "NEAR_LINE", "STATE AZ")]
    [InlineData("Kings Beach, east of Truckee", 39.2377, -120.0266, "06061", "NEAR_LINE", "STATE NV")]
    [InlineData("Winterhaven, across from Yuma", 32.7390, -114.6347, "06025", "ON_LINE", "STATE AZ")]
    [InlineData("Calexico", 32.6789, -115.4989, "06025", "NEAR_LINE", "NATION MX")]
    [InlineData("San Ysidro", 32.5520, -117.0430, "06073", "ON_LINE", "NATION MX")]
    [InlineData("Tecate", 32.5773, -116.6270, "06073", "ON_LINE", "NATION MX")]
    [InlineData("Hilt, at the line with Oregon", 41.9970, -122.6200, "06093", "ON_LINE", "STATE OR")]
    public void Near_another_state_or_country_the_decision_says_which_and_a_person_is_asked(string place, double latitude, double longitude, string county, string confidence, string line)
    {
        var routing = Route(latitude, longitude);

        routing.Responder.Organization.CountyFips!.Text.ShouldBe(county, place);
        routing.Responder.Confidence.ShouldBe(confidence, place);
        var nearest = routing.OuterLines[0];
        $"{nearest.Kind} {nearest.Neighbor}".ShouldBe(line, place);
        nearest.DistanceMeters.ShouldBeInRange(1, 3_000);
        (routing.ToConfirm, routing.WhyAPerson).ShouldBe((null, UndeterminedReasons.NearStateLine), "the county responds, and nothing waits for the desk");
        routing.Responder.Rule.Text.ShouldContain($"{Map.State.OuterLines.NameOf(nearest.Neighbor)} begins ");
        routing.Responder.Rule.Text.ShouldContain("nobody there is told by this system");
        routing.Evidence!.Found.OuterLines.ShouldBe(routing.OuterLines);
    }

    [Theory]
    [InlineData("Santa Monica Pier", 34.0092, -118.4976)]
    [InlineData("Point Reyes", 37.9957, -123.0200)]
    [InlineData("Crescent City", 41.7558, -124.2026)]
    [InlineData("Imperial Beach, the pier", 32.5795, -117.1350)]
    [InlineData("Avalon, Santa Catalina", 33.3428, -118.3278)]
    [InlineData("Truckee", 39.3280, -120.1833)]
    [InlineData("Sacramento", 38.5816, -121.4944)]
    [InlineData("Fresno", 36.7378, -119.7871)]
    [InlineData("Barstow", 34.8958, -117.0173)]
    public void At_the_coast_and_far_from_every_outer_line_nothing_is_said(string place, double latitude, double longitude)
    {
        var routing = Route(latitude, longitude);

        routing.OuterLines.ShouldBeEmpty(place);
        routing.WhyAPerson.ShouldBeNull(place);
        routing.Responder.Rule.Text.ShouldNotContain("begins");
    }

    [Fact]
    public void Where_two_begin_both_are_named_the_nearest_first()
    {
        var lines = Route(32.7250, -114.7150).OuterLines;

        lines.Select(line => $"{line.Kind} {line.Neighbor}").ShouldBe(["NATION MX", "STATE AZ"], ignoreOrder: true);
        lines.ShouldBe([.. lines.OrderBy(line => line.DistanceMeters)]);
    }

    [Fact]
    public void A_circle_that_reaches_farther_reaches_the_line_and_one_too_wide_to_mean_anything_does_not()
    {
        Route(39.3280, -120.1833).OuterLines.ShouldBeEmpty();
        Route(39.3280, -120.1200, 9_900).OuterLines.ShouldHaveSingleItem().Neighbor.ShouldBe("NV");
        Route(39.3280, -120.1200, 40_000).OuterLines.ShouldBeEmpty();
    }

    [Fact]
    public void Outside_the_state_the_line_that_the_child_may_have_crossed_is_named_too()
    {
        var believed = Determination.Of(Encounter(Stateline, "06017"), Map);

        believed.OuterLines.ShouldHaveSingleItem().Neighbor.ShouldBe("NV");
        believed.WhyAPerson.ShouldBe(UndeterminedReasons.NearStateLine);
        Determination.Of(Encounter(Stateline with { AccuracyMeters = 500 }), Map).WhyAPerson.ShouldBe(UndeterminedReasons.OutsideState, "a guess stays one");
    }

    [Fact]
    public void Where_the_child_is_now_counts_and_not_where_it_was_found()
    {
        var moved = Encounter(new(38.9355, -119.9400, 15)) with { PresentPlace = new(DowntownLosAngeles, null, null) };
        var back = Encounter(DowntownLosAngeles) with { PresentPlace = new(new(38.9355, -119.9400, 15), null, null) };

        Determination.Of(moved, Map).OuterLines.ShouldBeEmpty();
        Determination.Of(back, Map).OuterLines.ShouldHaveSingleItem().Neighbor.ShouldBe("NV");
    }

    [Fact]
    public void Anywhere_in_the_state_a_line_is_named_exactly_when_it_is_as_near_as_arithmetic_over_all_pieces_says()
    {
        var outer = Map.Segments.Where(segment => segment.IsOuter).ToList();
        var near = Map.State.OuterLines.NearMeters;
        var anywhere = from latitude in Gen.Choose(32_500_000, 42_000_000)
                       from longitude in Gen.Choose(-124_400_000, -114_100_000)
                       select (latitude / 1e6, longitude / 1e6);
        var atTheLine = from segment in Gen.Elements<BorderSegment>(outer)
                        from north in Gen.Choose(-40_000, 40_000)
                        from east in Gen.Choose(-40_000, 40_000)
                        select (segment.From.Y + north / 1e6, segment.From.X + east / 1e6);

        Prop.ForAll(Gen.OneOf(anywhere, atTheLine).ToArbitrary(), point =>
        {
            var ground = new GroundPlane(point.Item1, point.Item2);
            var expected = outer.GroupBy(segment => segment.Neighbor!, (neighbor, pieces) => (Neighbor: neighbor, Meters: pieces.Min(ground.MetersTo)))
                .Where(line => line.Meters <= near).Select(line => $"{line.Neighbor} {(int)Math.Round(line.Meters)}");
            var found = Map.Locate(point.Item1, point.Item2).OuterLinesWithin(near);
            // Where two lines meet both are equally far, and either may come first.
            found.Select(line => line.DistanceMeters).ShouldBeInOrder();
            return expected.Order(StringComparer.Ordinal).SequenceEqual(found.Select(line => $"{line.Neighbor} {line.DistanceMeters}").Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
    }
}
