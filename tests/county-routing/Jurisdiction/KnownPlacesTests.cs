using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>Places whose county everybody who lives there knows.</summary>
public class KnownPlacesTests
{
    private static readonly CountyMap Map = Maps.California;

    [Theory]
    [InlineData("Los Angeles, downtown", 34.0500, -118.2500, "Los Angeles")]
    [InlineData("Anaheim", 33.8366, -117.9143, "Orange")]
    [InlineData("San Diego", 32.7157, -117.1611, "San Diego")]
    [InlineData("Riverside", 33.9806, -117.3755, "Riverside")]
    [InlineData("San Bernardino", 34.1083, -117.2898, "San Bernardino")]
    [InlineData("Bakersfield", 35.3733, -119.0187, "Kern")]
    [InlineData("Fresno", 36.7378, -119.7871, "Fresno")]
    [InlineData("San Jose", 37.3382, -121.8863, "Santa Clara")]
    [InlineData("San Francisco", 37.7749, -122.4194, "San Francisco")]
    [InlineData("Oakland", 37.8044, -122.2712, "Alameda")]
    [InlineData("Stockton", 37.9577, -121.2908, "San Joaquin")]
    [InlineData("Modesto", 37.6391, -120.9969, "Stanislaus")]
    [InlineData("Redding", 40.5865, -122.3917, "Shasta")]
    [InlineData("Eureka", 40.8021, -124.1637, "Humboldt")]
    [InlineData("Crescent City", 41.7558, -124.2026, "Del Norte")]
    [InlineData("Alturas", 41.4871, -120.5425, "Modoc")]
    [InlineData("Markleeville", 38.6949, -119.7802, "Alpine")]
    [InlineData("Bishop", 37.3614, -118.3997, "Inyo")]
    [InlineData("Truckee", 39.3280, -120.1833, "Nevada")]
    [InlineData("El Centro", 32.7920, -115.5631, "Imperial")]
    public void A_city_far_from_doubt_is_in_its_county(string place, double latitude, double longitude, string county) =>
        Map.Locate(latitude, longitude).ShouldSatisfyAllConditions(place, found => (found.County?.Name).ShouldBe(county), found => found.OnWater.ShouldBeFalse());

    [Theory]
    [InlineData("Pomona", 34.0551, -117.7500, "Los Angeles", "San Bernardino")]
    [InlineData("Montclair", 34.0775, -117.6898, "San Bernardino", "Los Angeles")]
    [InlineData("Albany", 37.8869, -122.2978, "Alameda", "Contra Costa")]
    [InlineData("El Cerrito", 37.9158, -122.3108, "Contra Costa", "Alameda")]
    [InlineData("Palo Alto", 37.4419, -122.1430, "Santa Clara", "San Mateo")]
    [InlineData("Menlo Park", 37.4530, -122.1817, "San Mateo", "Santa Clara")]
    [InlineData("East Palo Alto", 37.4688, -122.1411, "San Mateo", "Santa Clara")]
    [InlineData("Whittier, east", 33.9400, -117.9850, "Los Angeles", "Orange")]
    [InlineData("Buena Park", 33.8675, -117.9981, "Orange", "Los Angeles")]
    [InlineData("La Habra", 33.9319, -117.9461, "Orange", "Los Angeles")]
    [InlineData("Watsonville", 36.9102, -121.7569, "Santa Cruz", "Monterey")]
    [InlineData("Yuba City", 39.1404, -121.6169, "Sutter", "Yuba")]
    [InlineData("Marysville", 39.1457, -121.5914, "Yuba", "Sutter")]
    [InlineData("West Sacramento", 38.5805, -121.5302, "Yolo", "Sacramento")]
    [InlineData("Sacramento", 38.5816, -121.4944, "Sacramento", "Yolo")]
    [InlineData("Davis", 38.5449, -121.7405, "Yolo", "Solano")]
    [InlineData("Westlake Village", 34.1458, -118.8056, "Los Angeles", "Ventura")]
    [InlineData("Benicia", 38.0494, -122.1586, "Solano", "Contra Costa")]
    [InlineData("Crockett", 38.0524, -122.2130, "Contra Costa", "Solano")]
    [InlineData("Martinez", 38.0194, -122.1341, "Contra Costa", "Solano")]
    public void A_city_on_a_line_is_in_its_county_with_the_neighbor_within_three_kilometers(
        string place, double latitude, double longitude, string county, string neighbor) =>
        Map.Locate(latitude, longitude).ShouldSatisfyAllConditions(place,
            found => (found.County?.Name).ShouldBe(county),
            found => found.Nearest.County.Name.ShouldBe(neighbor),
            found => found.LineMeters.ShouldBeLessThan(3_000));

    [Theory]
    [InlineData("Avalon, Santa Catalina", 33.3428, -118.3278, "Los Angeles")]
    [InlineData("San Clemente Island", 32.9000, -118.4900, "Los Angeles")]
    [InlineData("San Nicolas Island", 33.2478, -119.5050, "Ventura")]
    [InlineData("Anacapa Island", 34.0040, -119.4000, "Ventura")]
    [InlineData("Santa Cruz Island", 34.0100, -119.7600, "Santa Barbara")]
    [InlineData("Santa Rosa Island", 33.9600, -120.0900, "Santa Barbara")]
    [InlineData("San Miguel Island", 34.0380, -120.3700, "Santa Barbara")]
    [InlineData("Treasure Island", 37.8236, -122.3706, "San Francisco")]
    [InlineData("Yerba Buena Island", 37.8100, -122.3650, "San Francisco")]
    [InlineData("Alcatraz", 37.8267, -122.4230, "San Francisco")]
    [InlineData("Angel Island", 37.8625, -122.4310, "Marin")]
    [InlineData("Southeast Farallon Island", 37.6989, -123.0034, "San Francisco")]
    [InlineData("Coronado", 32.6859, -117.1831, "San Diego")]
    [InlineData("Alameda", 37.7652, -122.2416, "Alameda")]
    public void An_island_is_in_its_county(string place, double latitude, double longitude, string county) =>
        Map.Locate(latitude, longitude).ShouldSatisfyAllConditions(place, found => (found.County?.Name).ShouldBe(county), found => found.OnWater.ShouldBeFalse());

    [Theory]
    [InlineData("Santa Monica, 2 km off the pier", 33.9950, -118.5200, "Los Angeles")]
    [InlineData("off Imperial Beach", 32.5800, -117.1500, "San Diego")]
    [InlineData("off Smith River", 41.9400, -124.2200, "Del Norte")]
    [InlineData("Bay Bridge, west span", 37.7983, -122.3778, "San Francisco")]
    [InlineData("San Mateo Bridge, middle", 37.6010, -122.2150, "San Mateo")]
    [InlineData("Sausalito, which the map's coarse shore leaves in the bay", 37.8591, -122.4853, "Marin")]
    public void A_point_on_water_belongs_to_the_nearest_shore(string place, double latitude, double longitude, string county) =>
        Map.Locate(latitude, longitude).ShouldSatisfyAllConditions(place, found => (found.County?.Name).ShouldBe(county), found => found.OnWater.ShouldBeTrue());

    [Fact]
    public void Between_two_shores_the_line_is_in_the_middle_of_the_water()
    {
        var goldenGate = Map.Locate(37.8199, -122.4783);
        new[] { goldenGate.County!.Name, goldenGate.Nearest.County.Name }.ShouldBe(["Marin", "San Francisco"], ignoreOrder: true);
        goldenGate.LineMeters.ShouldBeLessThan(800);
    }

    [Theory]
    [InlineData("Tijuana", 32.5149, -117.0382)]
    [InlineData("Playas de Tijuana", 32.5200, -117.1235)]
    [InlineData("off Playas de Tijuana", 32.5250, -117.1500)]
    [InlineData("Tecate, Baja California", 32.5667, -116.6251)]
    [InlineData("Mexicali", 32.6245, -115.4523)]
    [InlineData("Los Algodones", 32.7150, -114.7290)]
    [InlineData("Yuma, Arizona", 32.6927, -114.6277)]
    [InlineData("Ehrenberg, Arizona", 33.6042, -114.5252)]
    [InlineData("Parker, Arizona", 34.1500, -114.2891)]
    [InlineData("Lake Havasu City, Arizona", 34.4839, -114.3225)]
    [InlineData("Bullhead City, Arizona", 35.1478, -114.5683)]
    [InlineData("Laughlin, Nevada", 35.1678, -114.5730)]
    [InlineData("Primm, Nevada", 35.6120, -115.3880)]
    [InlineData("Las Vegas, Nevada", 36.1699, -115.1398)]
    [InlineData("Stateline, Nevada", 38.9624, -119.9399)]
    [InlineData("Incline Village, Nevada", 39.2510, -119.9730)]
    [InlineData("Verdi, Nevada", 39.5180, -119.9890)]
    [InlineData("Reno, Nevada", 39.5296, -119.8138)]
    [InlineData("Ashland, Oregon", 42.1946, -122.7095)]
    [InlineData("Brookings, Oregon", 42.0526, -124.2840)]
    [InlineData("off Brookings", 42.0300, -124.3200)]
    [InlineData("13 km off Malibu", 33.9200, -118.7000)]
    [InlineData("far out in the Pacific", 36.5000, -124.5000)]
    [InlineData("where broken coordinates lie", 0, 0)]
    [InlineData("the pole", 90, 180)]
    public void Other_states_Mexico_and_the_high_sea_are_in_no_county(string place, double latitude, double longitude) =>
        Map.Locate(latitude, longitude).County.ShouldBeNull(place);

    [Theory]
    [InlineData("San Ysidro", 32.5520, -117.0430, "San Diego", 1_300)]
    [InlineData("Calexico", 32.6789, -115.4989, "Imperial", 1_700)]
    [InlineData("Needles", 34.8481, -114.6141, "San Bernardino", 1_000)]
    [InlineData("Kings Beach", 39.2377, -120.0266, "Placer", 2_500)]
    public void The_state_line_is_told_apart_from_county_lines(string place, double latitude, double longitude, string county, double within)
    {
        var found = Map.Locate(latitude, longitude);
        (found.County?.Name).ShouldBe(county, place);
        found.StateLineMeters.ShouldBeLessThan(within);
        found.LineMeters.ShouldBeGreaterThan(5_000);
    }

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, -118)]
    [InlineData(34, double.PositiveInfinity)]
    public void Coordinates_that_are_not_on_Earth_are_refused(double latitude, double longitude) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Map.Locate(latitude, longitude));
}
