using SafeHarbor.Bench.Meters;
using SafeHarbor.Bench.Passes;
using SafeHarbor.Bench.RoundTrips;

namespace SafeHarbor.Bench;

/// <summary>The measures that depend on what is in the databases.</summary>
internal sealed record UnderLoad(Latency Latency, Throughput Throughput);

/// <summary>The second time, with old encounters in the databases.</summary>
internal sealed record WithHistory(int Encounters, UnderLoad Load);

/// <summary>All that a run has found out.</summary>
internal sealed record Figures
{
    public required Idle Idle { get; init; }
    public required UnderLoad Load { get; init; }
    public required WithHistory? History { get; init; }
    public required RoundTripPass RoundTrips { get; init; }
    public required double RawJourneysPerSecond { get; init; }
    public required double CommitsPerSecond { get; init; }
    /// <summary>By service, after everything.</summary>
    public required IReadOnlyDictionary<string, ServiceTables> Tables { get; init; }
    public required int Reported { get; init; }
    /// <summary>Reports that have not ended, or not once; nothing when all is well.</summary>
    public required IReadOnlyList<string> Missing { get; init; }
}
