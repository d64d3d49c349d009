using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>What is said of refusals: each is counted, and told while it goes on, without saying who.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestService.Recorder _log = new();
    private readonly LoggerFactory _logs;
    private readonly Refusals _refusals;

    public RefusalTests()
    {
        _logs = new LoggerFactory([_log]);
        _refusals = new(_time, new Logger<Refusals>(_logs));
    }

    public void Dispose()
    {
        _refusals.Dispose();
        _logs.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Each_refusal_is_counted_by_its_reason()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((_, measurement, tags, mine) => ((List<string>)mine!).Add($"{tags[0].Key} {tags[0].Value} {measurement}"));
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Name == Refusals.Instrument && _refusals.Owns(instrument))
                to.EnableMeasurementEvents(instrument, counted);
        };
        listener.Start();

        foreach (var reason in Enum.GetValues<RefusedBy>())
            _refusals.Count(reason);

        counted.ShouldBe(
        [
            "safeharbor.limit network 1", "safeharbor.limit unknown 1", "safeharbor.limit connections 1", "safeharbor.limit idle 1", "safeharbor.limit rate 1", "safeharbor.limit address_rate 1",
            "safeharbor.limit in_progress 1", "safeharbor.limit waiting 1", "safeharbor.limit address_in_progress 1", "safeharbor.limit token 1",
        ]);
    }

    [Fact]
    public void It_is_told_once_a_minute_while_it_goes_on_with_numbers()
    {
        for (var second = 0; second < 150; second++)
        {
            _refusals.Count(RefusedBy.Network);
            _refusals.Count(RefusedBy.Rate);
            _refusals.Tell();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _log.Text.Split('\n').Select(line => line.Split('.')[0]).ShouldBe(
        [
            "Warning Refused by limits since this was said last: network 1, rate 1", "Warning Refused by limits since this was said last: network 60, rate 60",
            "Warning Refused by limits since this was said last: network 60, rate 60",
        ]);
    }

    [Theory]
    [InlineData(nameof(RefusedBy.Idle))]
    [InlineData(nameof(RefusedBy.Token))]
    public void What_happens_every_day_is_told_when_it_is_much(string reason)
    {
        for (var i = 0; i < 99; i++)
            _refusals.Count(Enum.Parse<RefusedBy>(reason));
        _refusals.Tell();
        _log.Text.ShouldBeEmpty();

        _refusals.Count(Enum.Parse<RefusedBy>(reason));
        _refusals.Tell();

        _log.Text.ShouldContain($"{reason.ToLowerInvariant()} 100");
    }
}
