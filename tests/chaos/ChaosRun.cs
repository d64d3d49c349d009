using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Chaos.Faults;

namespace SafeHarbor.Chaos;

/// <summary>One run: faults one after the other while journeys go on all the time, then quiet, then the checks.</summary>
internal sealed class ChaosRun : IDisposable
{
    /// <summary>How long after a fault the first journey may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ChaosSettings _settings;
    private readonly Site _site;
    private readonly Traffic _traffic;
    private readonly Action<string> _say;
    private readonly List<Recovered> _recoveries = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private ChaosRun(ChaosSettings settings, Site site, Action<string> say)
    {
        (_settings, _site) = (settings, site);
        _traffic = new(site, settings.Rate, settings.Seed);
        _say = line =>
        {
            site.Ledger.Note(line);
            say($"{_clock.Elapsed:mm\\:ss}  {line}");
        };
    }

    public static async Task<ChaosResult> RunAsync(ChaosSettings settings, Action<string> say, CancellationToken cancellation)
    {
        say(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Journeys} journeys, {settings.Faults} faults, seed {settings.Seed}, {settings.Rate:0.##} journeys a second"));
        await using var site = await Site.StartAsync(say, cancellation);
        say($"Logs and ledger: {site.Directory}");
        try
        {
            using var run = new ChaosRun(settings, site, say);
            return await run.RunAsync(cancellation);
        }
        finally
        {
            site.KeepServerLogs();
        }
    }

    public void Dispose() => _traffic.Dispose();

    private async Task<ChaosResult> RunAsync(CancellationToken cancellation)
    {
        await _traffic.WarmUpAsync(cancellation);
        _say("warm: journeys of every kind have ended; now they begin at their rate");
        var breaking = BreakAsync(cancellation);
        await _traffic.RunAsync(_settings.Journeys, () => !breaking.IsCompleted, cancellation);
        await breaking;
        _say($"{_traffic.Begun} journeys begun, {_traffic.UnderWay} under way; waiting for quiet ...");
        var findings = await new Quiet(_site, _say).WaitAsync(cancellation);
        var result = new ChaosResult(_site.Ledger.Acknowledged.Count, _recoveries, findings, [.. _traffic.Surprises, .. _site.Crew.Surprises]);
        await new Report(_site, _say).WriteAsync(result, cancellation);
        return result;
    }

    private async Task BreakAsync(CancellationToken cancellation)
    {
        var kinds = FaultKind.Names.Where(kind => _settings.Kinds.Contains(kind.Name)).ToList();
        await Task.Delay(Pause, cancellation);
        foreach (var (number, planned) in Schedule.Draw(_settings.Seed, _settings.Faults, kinds).Index())
        {
            var fault = FaultKind.Of(planned, _site, _settings.Seed + number);
            await BreakAsync($"{number + 1}/{_settings.Faults} {planned.Kind}", planned.Kind, fault, cancellation);
            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task BreakAsync(string title, string kind, Fault fault, CancellationToken cancellation)
    {
        _say($"{title}: {fault}");
        await fault.InjectAsync(cancellation);
        await Task.Delay(fault.Lasts, cancellation);
        var healed = Stopwatch.GetTimestamp();
        await fault.HealAsync(cancellation);
        if (!fault.HealingIsRecovery)
            healed = Stopwatch.GetTimestamp();
        var after = await _traffic.UntilAnEndAsync(healed, Patience, cancellation);
        _recoveries.Add(new(kind, fault.ToString(), after));
        _say(after is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"  a journey ends {time.TotalSeconds:0.0} s after it is over; {_traffic.UnderWay} under way{fault.Remark}")
            : $"  NOT RECOVERED within {Patience.TotalSeconds:0} s; {_traffic.UnderWay} under way");
        await fault.TidyAsync(cancellation);
    }
}
