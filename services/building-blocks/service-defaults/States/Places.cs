using System.Collections.Frozen;
using System.Text.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>
/// In which counties the state's cities and ZIP codes can be: <c>places.json</c> in its folder, none when the state has no such file. A place is in a set of
/// counties, and never in one of them by luck. Immutable.
/// </summary>
public sealed class Places
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly FrozenDictionary<string, CountyFips[]> _zips;
    private readonly FrozenDictionary<string, CountyFips[]> _cities;

    private Places(PlacesFile file)
    {
        _zips = file.Zips.ToFrozenDictionary(zip => zip.Key, zip => Counties(zip.Value).ToArray());
        _cities = file.Cities.GroupBy(city => CanonicalText.Of(city.Key)!, city => Counties(city.Value)).ToFrozenDictionary(city => city.Key, city => city.SelectMany(counties => counties).Distinct().ToArray());
    }

    /// <summary>What a stated city and ZIP code say of the county; null when they say nothing.</summary>
    public StatedPlace? Find(string? city, string? zip) => Understand(city, zip).Stated();

    /// <summary>What each of them is understood as. Of a ZIP code with nine digits the first five count.</summary>
    public UnderstoodPlace Understand(string? city, string? zip) => new(
        CanonicalText.Of(city) is { } name ? _cities.GetValueOrDefault(name, []) : null,
        zip?.Trim() is { Length: > 0 } code ? code.Length >= 5 ? _zips.GetValueOrDefault(code[..5], []) : [] : null);

    /// <summary>Reads the file of a state.</summary>
    /// <exception cref="StartRefusedException">It is wrong, or names a county that the state has not.</exception>
    internal static Places Read(string path, IReadOnlyList<County> counties)
    {
        var known = counties.Select(county => county.Fips.Text).ToHashSet();
        if (!File.Exists(path))
            return new(new([], []));
        try
        {
            var file = JsonSerializer.Deserialize<PlacesFile>(File.ReadAllBytes(path), Format) ?? throw new JsonException("It is empty.");
            foreach (var (place, set) in file.Zips.Concat(file.Cities))
            {
                if (set.Split(' ').FirstOrDefault(fips => !known.Contains(fips)) is { } other)
                    throw new StartRefusedException($"{path}: {place} is in '{other}', which is no county of the state.");
            }
            return new(file);
        }
        catch (JsonException wrong)
        {
            throw new StartRefusedException($"{path} cannot be read: {wrong.Message}");
        }
    }

    private static IEnumerable<CountyFips> Counties(string set) => set.Split(' ').Select(CountyFips.Parse);

    private sealed record PlacesFile(Dictionary<string, string> Zips, Dictionary<string, string> Cities);
}

/// <summary>Reads the places before a service that looks them up takes a report.</summary>
public sealed class PlacesCheck(State state) : IStartCheck
{
    /// <inheritdoc/>
    public void Check() => ArgumentNullException.ThrowIfNull(state.Places);
}
