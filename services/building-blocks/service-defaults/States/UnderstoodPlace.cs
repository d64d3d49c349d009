using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>In which counties a stated city and a stated ZIP code can be; they themselves are not in it. Null was not stated, empty is known to nobody here.</summary>
/// <param name="City">The city's.</param>
/// <param name="Zip">The ZIP code's.</param>
public sealed record UnderstoodPlace(IReadOnlyList<CountyFips>? City, IReadOnlyList<CountyFips>? Zip)
{
    /// <summary>What both together say; null when they say nothing.</summary>
    public StatedPlace? Stated()
    {
        var (city, zip) = (City ?? [], Zip ?? []);
        return city.Intersect(zip).Any() ? new(InOrder(city.Intersect(zip)), CityAndZipAgree: true)
            : city.Count + zip.Count > 0 ? new(InOrder(city.Union(zip)), CityAndZipAgree: false)
            : null;
    }

    private static List<CountyFips> InOrder(IEnumerable<CountyFips> counties) => [.. counties.OrderBy(fips => fips.Text, StringComparer.Ordinal)];
}
