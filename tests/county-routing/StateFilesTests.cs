using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>What this service reads of a state's folder; what is wrong there stops the start and is named.</summary>
public sealed class StateFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData("ca", 58)]
    [InlineData("de", 3)]
    public void Every_state_has_a_map_on_which_each_county_is_bounded_and_packs_that_can_be_used(string code, int counties)
    {
        var map = MapFile.Read(TestStates.Of(code));

        map.Counties.Count.ShouldBe(counties);
        map.Segments.SelectMany(segment => segment.Counties).Distinct().ShouldBe(map.Counties, ignoreOrder: true);
        map.Segments.ShouldAllBe(segment => map.State.Bounds.Hold(segment.From.Y, segment.From.X) && map.State.Bounds.Hold(segment.To.Y, segment.To.X), "its bounds are around all of it");
        PackFiles.DefaultsOf(map).Keys.ShouldBe(map.Counties.Select(county => county.Fips), ignoreOrder: true);
        PackFiles.SamplesOf(map).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_place_in_the_sample_state_is_in_its_county() =>
        MapFile.Read(TestStates.Of("de")).Locate(39.7447, -75.5484).County!.Name.ShouldBe("New Castle");

    [Theory]
    [InlineData("counties.geojson", "\"10003\"", "\"10004\"", "10004")]
    [InlineData("counties.geojson", "\"SHORE\"", "\"BEACH\"", "counties.geojson")]
    [InlineData("counties.geojson", null, null, "Prepare it with deploy/tools/county-map")]
    [InlineData("default-pack.yaml", "state:de", "state:ca", "/escalation/rungs/1/organization")]
    [InlineData("default-pack.yaml", "county:{fips}", "the county", "/escalation/rungs/0/organization")]
    [InlineData("default-pack.yaml", "clocks:", "clock:", "line 10, column 1: /clock: Is not known here. Did you mean `clocks`?")]
    [InlineData("default-pack.yaml", null, null, "default-pack.yaml")]
    [InlineData("sample-packs/10003.yaml", "New Castle", "Kent", "/name")]
    public void What_is_wrong_in_them_is_named(string file, string? right, string? wrong, string named)
    {
        var state = WithCopiedFolder(TestStates.Of("de"));
        var path = state.PathOf(file);
        if (right is null)
            File.Delete(path);
        else
            File.WriteAllText(path, File.ReadAllText(path).Replace(right, wrong, StringComparison.Ordinal));

        var refused = Should.Throw<StartRefusedException>(() =>
        {
            var map = MapFile.Read(state);
            PackFiles.DefaultsOf(map);
            PackFiles.SamplesOf(map);
        });

        refused.Message.ShouldContain(path);
        refused.Message.ShouldContain(named);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private State WithCopiedFolder(State state)
    {
        foreach (var file in Directory.GetFiles(state.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(state.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return state with { Folder = _folder.FullName };
    }
}
