using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.Contracts;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>Whether somebody elsewhere keeps what this ledger has come to, and whether other ledgers contradict themselves: for health and metrics.</summary>
internal sealed class WitnessWatch : IHealthCheck, IDisposable
{
    /// <summary>How long it has been that no witness has kept anything.</summary>
    public const string Unwitnessed = "safeharbor.ledger.unwitnessed";
    /// <summary>Witnesses that have not kept anything for too long.</summary>
    public const string Silent = "safeharbor.ledger.witnesses.silent";
    /// <summary>Ledgers that contradicted themselves within a day.</summary>
    public const string Contradicted = "safeharbor.ledger.contradicted";

    private readonly Meter _meter = new("SafeHarbor.Ledger");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _outside = new(StringComparer.Ordinal);
    private readonly LedgerSettings _settings;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;
    private readonly IReadOnlyList<string> _expected;
    private volatile Seen _seen = new([], []);

    public WitnessWatch(LedgerSettings settings, TimeProvider time)
    {
        (_settings, _time, _since) = (settings, time, time.GetUtcNow());
        // A node's ledger is county-routing's alone to keep. Whether a node lives, which keeps a service's, is watched elsewhere; one that has gone for good is no silent witness.
        _expected = Node.IsService(settings.Ledger) ? [Services.CountyRouting] : [.. Services.All.Where(service => service != settings.Ledger)];
        _meter.CreateObservableGauge(Unwitnessed, () => IsSigned ? (_time.GetUtcNow() - Confirmed).TotalSeconds : 0, "s", "Since a witness has kept what this ledger had come to.");
        _meter.CreateObservableGauge(Silent, () => IsSigned ? SilentOnes().Count : 0, "{witness}", "Witnesses that have not kept anything of this ledger for too long.");
        _meter.CreateObservableGauge(Contradicted, () => _seen.Contradicted.Count, "{ledger}", "Ledgers that, as this service has witnessed, contradicted themselves within a day.");
    }

    private bool IsSigned => _settings.Key is not null;

    private DateTimeOffset Confirmed => _seen.Heard.Select(h => h.ConfirmedAt ?? _since).Concat(_outside.Values).DefaultIfEmpty(_since).Max();

    /// <summary>A witness outside has kept this ledger's checkpoint of that moment.</summary>
    public void Kept(string witness, DateTimeOffset at) => _outside[witness] = at;

    /// <summary>A witness outside is to be given checkpoints.</summary>
    public void Expect(string witness) => _outside.TryAdd(witness, _since);

    public void See(IReadOnlyList<HeardLedger> heard, IReadOnlyList<string> contradicted) => _seen = new(heard, contradicted);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Trouble() is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());

    private string? Trouble() => _seen.Contradicted is { Count: > 0 } contradicted
            ? $"A ledger that this service witnesses was cut off or written anew: {string.Join(", ", contradicted)}. Run 'ledger verify' (docs/ledger.md)."
        : !IsSigned ? null
        : IsLate(Confirmed) ? "No witness has kept this ledger's end for some time: if it were cut off now, nobody could show it (docs/ledger.md)."
        : SilentOnes() is { Count: > 0 } silent ? $"Witnesses of this ledger that keep nothing: {string.Join(", ", silent)}." : null;

    private IReadOnlyList<string> SilentOnes() =>
    [
        .. _expected.Where(service => IsLate(_seen.Heard.FirstOrDefault(h => h.Ledger == service)?.ConfirmedAt ?? _since)),
        .. _outside.Where(w => IsLate(w.Value)).Select(w => w.Key),
    ];

    private bool IsLate(DateTimeOffset at) => _time.GetUtcNow() - at > _settings.SilentAfter;

    public void Dispose() => _meter.Dispose();

    private sealed record Seen(IReadOnlyList<HeardLedger> Heard, IReadOnlyList<string> Contradicted);
}
