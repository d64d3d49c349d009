using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.States;

/// <summary>What may stand in a place and in a child's facts, as tables: each limit from both of its sides, and each error with what to do.</summary>
public sealed class ChecksTests
{
    private static readonly State State = State.Read(Path.Combine(AppContext.BaseDirectory, "states", "ca"));
    private static readonly PlaceStated There = new(34.05, -118.25, 15, "Los Angeles", "90012", "06037");

    private static IEnumerable<string> Said(ValidationErrors errors)
    {
        errors.All.ShouldAllBe(error => error.Detail.EndsWith('.') || error.Detail.EndsWith('?'), "each says what to do");
        return errors.All.Select(error => $"{error.Pointer} {error.Code}");
    }

    private static ValidationErrors Errors(PlaceStated place)
    {
        var errors = new ValidationErrors();
        errors.CheckPlace("/p", State, place);
        return errors;
    }

    private static string Wrong(PlaceStated place) => string.Join(", ", Said(Errors(place)));

    public static TheoryData<string, PlaceStated> Places => new()
    {
        { "", There },
        { "", new() },
        { "", There with { Latitude = 90, Longitude = 180 } },
        { "", There with { Latitude = -90, Longitude = -180 } },
        { "/p/latitude out-of-range", There with { Latitude = 90.001 } },
        { "/p/latitude out-of-range", There with { Latitude = -90.001 } },
        { "/p/latitude out-of-range", There with { Latitude = double.NaN } },
        { "/p/longitude out-of-range", There with { Longitude = 180.001 } },
        { "/p/longitude out-of-range", There with { Longitude = -180.001 } },
        { "/p/latitude required", There with { Latitude = null } },
        { "/p/longitude required", There with { Longitude = null } },
        { "", There with { Latitude = null, Longitude = null } },
        { "", There with { AccuracyMeters = 0 } },
        { "", There with { AccuracyMeters = 40_000_000 } },
        { "/p/accuracyMeters out-of-range", There with { AccuracyMeters = -0.001 } },
        { "/p/accuracyMeters out-of-range", There with { AccuracyMeters = 40_000_001 } },
        { "", There with { City = new('x', 200) } },
        { "/p/city too-long", There with { City = new('x', 201) } },
        { "", There with { Zip = "90012-1234" } },
        { "", There with { Zip = "900121234" } },
        { "/p/zip wrong-form", There with { Zip = "9001" } },
        { "/p/zip wrong-form", There with { Zip = "90012-" } },
        { "/p/zip wrong-form", There with { Zip = "90012\n" } },
        { "/p/zip wrong-form", There with { Zip = "" } },
        { "/p/countyFips wrong-form", There with { CountyFips = "Los Angeles" } },
        { "/p/countyFips wrong-form", There with { CountyFips = "32003" } },
        { "/p/latitude out-of-range, /p/longitude out-of-range", There with { Latitude = 91, Longitude = 181 } },
    };

    [Theory]
    [MemberData(nameof(Places), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_with_a_place_is_named_and_what_is_unknown_is_not_wrong(string wrong, PlaceStated place) => Wrong(place).ShouldBe(wrong);

    [Theory]
    [InlineData(-118.25, 34.05, true), InlineData(118.25, 34.05, true), InlineData(-118.25, 90.0, true), InlineData(-118.25, -90.0, true)]
    [InlineData(-118.25, 90.5, false), InlineData(-118.25, -90.5, false), InlineData(-118.25, null, false)]
    public void Coordinates_that_may_have_changed_places_are_asked_about(double latitude, double? longitude, bool isAsked) =>
        Errors(There with { Latitude = latitude, Longitude = longitude }).All.First(error => error.Pointer == "/p/latitude").Detail
            .ShouldBe($"Degrees north are between -90 and 90 (WGS 84).{(isAsked ? " Have latitude and longitude changed places?" : "")}");

    [Fact]
    public void Coordinates_that_can_be_right_are_not_asked_about() => Errors(There with { Latitude = 90, Longitude = 34, Zip = "" }).All.ShouldHaveSingleItem().Pointer.ShouldBe("/p/zip");

    [Fact]
    public void A_county_of_another_state_is_told_from_what_is_no_code()
    {
        string Of(string code) => Errors(There with { CountyFips = code }).All.Single().Detail;

        Of("32003").ShouldBe("Give the five-digit FIPS code of a county of California, such as 06001. Leave it out for a place elsewhere or unknown.");
        Of("Nevada").ShouldBe($"{CountyFips.Form} Leave it out for a place elsewhere or unknown.");
    }

    [Theory]
    [InlineData("CA0194200", true), InlineData("CA019420A", true), InlineData("ca0194200", false), InlineData("CA019420", false), InlineData("CA01942000", false), InlineData("CA0194200\n", false)]
    public void An_agencys_identifier_has_a_form(string text, bool isOne) => PlaceChecks.IsOri(text).ShouldBe(isOne);

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData("06037", "06059", "tribe:yurok", "")]
    [InlineData("32003", "0", "yurok", "/c/residenceCountyFips wrong-form, /c/dependencyCountyFips wrong-form, /c/tribeOrganization wrong-form")]
    [InlineData(null, null, "county:06037", "/c/tribeOrganization wrong-form")]
    public void What_is_wrong_with_a_childs_facts_is_named(string? residence, string? dependency, string? tribe, string wrong)
    {
        var errors = new ValidationErrors();
        errors.CheckChild("/c", State, new(residence, dependency, tribe));
        string.Join(", ", Said(errors)).ShouldBe(wrong);
    }

    [Theory]
    [InlineData("tribe:yurok", true), InlineData("county:06037", false), InlineData("yurok", false), InlineData(null, false)]
    public void A_tribe_is_an_organization_of_that_kind(string? text, bool isOne) => (ChildChecks.TribeOf(text)?.Text).ShouldBe(isOne ? text : null);
}
