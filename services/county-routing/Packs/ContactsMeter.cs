using System.Diagnostics.Metrics;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Counts the counties by what is known of their numbers, so that somebody is told when one is to be checked.</summary>
internal sealed class ContactsMeter : IHostedService, IDisposable
{
    /// <summary>What it is called.</summary>
    public const string Instrument = "safeharbor.counties.contacts";

    private readonly Meter _meter = new("SafeHarbor.CountyRouting");
    private readonly CountyMap _map;
    private readonly CountyDirectory _directory;
    private readonly HotlineAge _age;

    public ContactsMeter(CountyMap map, CountyDirectory directory, HotlineAge age)
    {
        (_map, _directory, _age) = (map, directory, age);
        _meter.CreateObservableGauge(Instrument, Measure, "{county}", "Counties by what is known of their numbers.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> Measure()
    {
        if (!_directory.IsLoaded)
            return [];
        var counts = _map.Counties.CountBy(county => ContactStates.Of(_age.Shown(_directory.PackOf(county), _directory.Today))).ToDictionary();
        return ContactStates.All.Select(state => new Measurement<int>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("safeharbor.contacts", state)));
    }
}
