using System.Diagnostics;

namespace SafeHarbor.Bench.Meters;

/// <summary>All accounts at one moment.</summary>
internal sealed record Snapshot(long At, IReadOnlyDictionary<string, double> Processors, double Machine, DatabaseCounts Database, BrokerCounts Broker)
{
    /// <summary>What was used from the earlier to this one, per journey where it says so.</summary>
    public Usage Since(Snapshot earlier, int journeys)
    {
        var seconds = Stopwatch.GetElapsedTime(earlier.At, At).TotalSeconds;
        var used = Processors.ToDictionary(p => p.Key, p => p.Value - earlier.Processors[p.Key]);
        return new()
        {
            Journeys = journeys,
            Seconds = seconds,
            ProcessorMs = used,
            OthersPercent = (Machine - earlier.Machine - used.Values.Sum()) / seconds / 10,
            Commits = Database.Commits.ToDictionary(c => c.Key, c => (double)(c.Value - earlier.Database.Commits[c.Key])),
            WalBytes = Database.WalBytes - earlier.Database.WalBytes,
            Published = Broker.Published - earlier.Broker.Published,
            Acknowledged = Broker.Acknowledged - earlier.Broker.Acknowledged,
        };
    }
}

/// <summary>What a pass used.</summary>
internal sealed record Usage
{
    public required int Journeys { get; init; }
    public required double Seconds { get; init; }
    /// <summary>By process, or group of processes.</summary>
    public required IReadOnlyDictionary<string, double> ProcessorMs { get; init; }
    /// <summary>What everybody else on the machine used meanwhile, in percent of one core.</summary>
    public required double OthersPercent { get; init; }
    /// <summary>By service.</summary>
    public required IReadOnlyDictionary<string, double> Commits { get; init; }
    public required long WalBytes { get; init; }
    public required long Published { get; init; }
    public required long Acknowledged { get; init; }

    public double PerJourney(double amount) => amount / Math.Max(1, Journeys);

    /// <summary>In percent of one core.</summary>
    public double PercentOf(string process) => ProcessorMs[process] / Seconds / 10;
}
