using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.States;

public sealed class PlacesTests : IDisposable
{
    private const string File = """
        {
          "zips": { "98101": "98001", "98102": "98001 98003", "98103": "98003" },
          "cities": { "ALDERTON": "98001", "Río Birch": "98003", "ON THE LINE": "98001 98003" }
        }
        """;

    private static readonly County[] Counties = [new(CountyFips.Parse("98001"), "Alder"), new(CountyFips.Parse("98003"), "Birch")];

    private readonly string _path = Path.GetTempFileName();

    [Theory]
    [InlineData("Alderton", "98101", "98001", true, "both lead to it")]
    [InlineData("alderton", "98102-1234", "98001", true, "the city tells which of the ZIP code's it is")]
    [InlineData("On  the line", "98103", "98003", true, "the ZIP code tells which of the city's it is")]
    [InlineData("on the line", "98102", "98001 98003", true, "both can be in both")]
    [InlineData("ri\u0301o birch", null, "98003", false, "a city alone, however it is written")]
    [InlineData(null, "98102", "98001 98003", false, "a ZIP code alone")]
    [InlineData("Elsewhere", "98101", "98001", false, "a city that nobody knows")]
    [InlineData("Alderton", "98103", "98001 98003", false, "they contradict each other: either can be meant")]
    public void A_city_and_a_ZIP_code_lead_to_a_set_of_counties(string? city, string? zip, string counties, bool agree, string because)
    {
        var place = Read(File).Find(city, zip).ShouldNotBeNull(because);
        (string.Join(' ', place.Counties), place.CityAndZipAgree).ShouldBe((counties, agree), because);
    }

    [Theory]
    [InlineData(null, null), InlineData("", " "), InlineData("Nowhere", "00000"), InlineData(null, "981")]
    public void What_nobody_knows_says_nothing(string? city, string? zip) => Read(File).Find(city, zip).ShouldBeNull();

    [Theory]
    [InlineData("98001\"", "97001\"", "'97001', which is no county of the state")]
    [InlineData("\"cities\"", "\"towns\"", "towns")]
    [InlineData("}", "", "cannot be read")]
    public void What_is_wrong_in_the_file_is_named(string right, string wrong, string named) =>
        Should.Throw<StartRefusedException>(() => Read(File.Replace(right, wrong, StringComparison.Ordinal))).Message.ShouldContain(named);

    [Fact]
    public void A_state_without_the_file_knows_no_place()
    {
        System.IO.File.Delete(_path);
        Places.Read(_path, Counties).Find("Alderton", "98101").ShouldBeNull();
    }

    [Fact]
    public void In_California_a_city_and_a_ZIP_code_on_a_county_line_are_not_in_one_county_by_luck()
    {
        var places = State.Read(Path.Combine(AppContext.BaseDirectory, "states", "ca")).Places;
        string Of(string? city, string zip) => string.Join(' ', places.Find(city, zip)!.Counties);
        (Of("Los Angeles", "90012"), Of("La Habra", "90631"), Of(null, "90631")).ShouldBe(("06037", "06059", "06037 06059"));
    }

    public void Dispose() => System.IO.File.Delete(_path);

    private Places Read(string file)
    {
        System.IO.File.WriteAllText(_path, file);
        return Places.Read(_path, Counties);
    }
}
