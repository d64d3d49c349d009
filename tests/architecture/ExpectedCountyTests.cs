using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Architecture.Tests;

/// <summary>What intake tells a sender of the county that will respond, without a map, is what routing decides: two services say one thing.</summary>
public sealed class ExpectedCountyTests
{
    private static readonly State California = State.Read(Path.Combine(Repository.Root, "states", "ca"));
    private static readonly CountyMap Map = MapFile.Read(California);

    private static readonly string?[] Sets = [null, "", "06037", "06059", "06037 06059", "06029 06073"];

    public static TheoryData<string?, string?, string?, string> All()
    {
        var all = new TheoryData<string?, string?, string?, string>();
        foreach (var city in Sets)
            foreach (var zip in Sets)
                foreach (var named in new[] { null, "06037", "06073" })
                    foreach (var ori in new[] { "CA0194200", "CA0199900" })
                        all.Add(city, zip, named, ori);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public void Without_coordinates_the_county_and_whether_a_person_decides_are_what_routing_decides(string? city, string? zip, string? named, string ori)
    {
        var place = new UnderstoodPlace(Set(city), Set(zip));
        var county = CountyOf(named);

        var expected = ExpectedCounty.Of(new(ori, new(null, county, place, false), null, [], [], []), California);

        var decision = Determination.Of(Reported(ori, county, place.Stated(), null), Map);
        Of(expected).ShouldBe(Of(decision));
    }

    public static TheoryData<string?, string?, string?, string?, bool> Moved()
    {
        var all = new TheoryData<string?, string?, string?, string?, bool>();
        foreach (var found in new[] { null, "06073", "06059 06073" })
            foreach (var foundNamed in new[] { null, "06059" })
                foreach (var present in Sets)
                    foreach (var presentNamed in new[] { null, "06037", "06073" })
                        foreach (var abroad in new[] { false, true })
                            all.Add(found, foundNamed, present, presentNamed, abroad);
        return all;
    }

    [Theory, MemberData(nameof(Moved))]
    public void Of_a_child_that_is_elsewhere_now_it_is_the_same(string? found, string? foundNamed, string? present, string? presentNamed, bool abroad)
    {
        // City and ZIP code say the same, so that they decide.
        var (foundPlace, presentPlace) = (new UnderstoodPlace(Set(found), Set(found)), new UnderstoodPlace(Set(present), Set(present)));
        var (foundCounty, presentCounty) = (CountyOf(foundNamed), CountyOf(presentNamed));

        var expected = ExpectedCounty.Of(new("CA0194200", new(null, foundCounty, foundPlace, false), new(abroad ? (51.5, -0.12) : null, presentCounty, presentPlace, false), [], [], []), California);

        var decision = Determination.Of(Reported("CA0194200", foundCounty, foundPlace.Stated(), null) with
        {
            PresentPlace = new(abroad ? new(51.5, -0.12, null) : null, presentCounty, presentPlace.Stated()),
        }, Map);
        Of(expected).ShouldBe(Of(decision));
    }

    [Theory]
    [InlineData("06037", "06037", null), InlineData(null, null, null), InlineData("06037 06059", null, null), InlineData(null, null, "06073")]
    public void With_coordinates_far_from_the_state_it_is_the_same(string? city, string? zip, string? named)
    {
        var place = new UnderstoodPlace(Set(city), Set(zip));
        var county = CountyOf(named);

        var expected = ExpectedCounty.Of(new("CA0194200", new((51.5, -0.12), county, place, false), null, [], [], []), California);

        Of(expected).ShouldBe(Of(Determination.Of(Reported("CA0194200", county, place.Stated(), new(51.5, -0.12, null)), Map)));
    }

    private static CountyFips? CountyOf(string? fips) => fips is null ? null : CountyFips.Parse(fips);

    private static (string?, bool) Of(ExpectedCounty expected) => (expected.County?.Fips.Text, expected.PersonDecides);

    private static (string?, bool) Of(RoutingDecision decision) => decision is RoutingDecision.Determined determined
        ? (determined.Responder.Organization.CountyFips?.Text, determined.ToConfirm is not null) : (null, true);

    private static List<CountyFips>? Set(string? counties) => counties?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(CountyFips.Parse).ToList();

    private static JurisdictionFacts Reported(string ori, CountyFips? named, StatedPlace? place, FoundLocation? location) => new()
    {
        AgencyOri = ori,
        Location = location,
        StatedCountyFips = named,
        StatedPlace = place,
        Reports = [new() { ReportId = Guid.NewGuid(), ReportedAt = default, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown }],
    };
}
