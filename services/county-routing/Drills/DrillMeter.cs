using System.Diagnostics.Metrics;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>Counts how drills ended, by county: the alarm for whoever runs the system is on those that ended <c>UNANSWERED</c>.</summary>
public sealed class DrillMeter : IDisposable
{
    /// <summary>What the counter is called.</summary>
    public const string Instrument = "safeharbor.drills.ended";

    private readonly Meter _meter = new("SafeHarbor.CountyRouting");
    private readonly Counter<long> _ended;

    public DrillMeter() => _ended = _meter.CreateCounter<long>(Instrument, "{drill}", "Drills of counties that have ended, by how.");

    internal void Count(string state, Drill drill) => _ended.Add(1, new("safeharbor.drill.state", StateWord.Of(state)), new("safeharbor.county.fips", drill.CountyFips.Text));

    public void Dispose() => _meter.Dispose();
}
