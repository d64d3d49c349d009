using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>The maps of the states that tests are about, each read once, and what is beside them.</summary>
internal static class Maps
{
    public static CountyMap California { get; } = MapFile.Read(TestStates.California);

    /// <summary>California's.</summary>
    public static IReadOnlyList<ProtocolPack> SamplePacks { get; } = PackFiles.SamplesOf(California);
}
