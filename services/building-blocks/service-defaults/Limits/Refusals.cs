using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Why something was refused.</summary>
internal enum RefusedBy
{
    /// <summary>A connection was closed: its network had too many without a valid token.</summary>
    Network,
    /// <summary>A connection was closed: all networks together had too many without a valid token.</summary>
    Unknown,
    /// <summary>A connection was closed: there was no place for it.</summary>
    Connections,
    /// <summary>A connection was closed: it had no valid token, and nothing was sent on it.</summary>
    Idle,
    /// <summary>A request: its organization has asked too often.</summary>
    Rate,
    /// <summary>A request: its address has asked too often without a valid token.</summary>
    AddressRate,
    /// <summary>A request: too many of its organization are under way.</summary>
    InProgress,
    /// <summary>A request: too many of its organization wait for news.</summary>
    Waiting,
    /// <summary>A request: too many without a valid token are under way from its network.</summary>
    AddressInProgress,
    /// <summary>A token.</summary>
    Token,
}

/// <summary>
/// Counts what the limits refuse (<c>safeharbor.limits.refused</c>), and says so in the log while it goes on: once a minute, numbers alone. What happens every day
/// (a probe's connection that is kept and not used, a token that has expired) is said when it is much.
/// </summary>
internal sealed partial class Refusals : IDisposable
{
    /// <summary>What the counter is called; its attribute <see cref="Reason"/> is the refusal in snake case.</summary>
    public const string Instrument = "safeharbor.limits.refused";

    public const string Reason = "safeharbor.limit";

    private const int Much = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private static readonly string[] Names = ["network", "unknown", "connections", "idle", "rate", "address_rate", "in_progress", "waiting", "address_in_progress", "token"];

    private readonly TimeProvider _time;
    private readonly ILogger<Refusals> _log;
    private readonly Meter _meter = new("SafeHarbor.ServiceDefaults");
    private readonly Counter<long> _refused;
    private readonly long[] _untold = new long[Names.Length];
    private long? _toldAt;

    public Refusals(TimeProvider time, ILogger<Refusals> log)
    {
        (_time, _log) = (time, log);
        _refused = _meter.CreateCounter<long>(Instrument, "{refusal}", "Connections, requests and tokens that a limit has refused, by which.");
    }

    /// <summary>Whether it is this service's: a process may hold several.</summary>
    public bool Owns(Instrument instrument) => instrument == _refused;

    public void Count(RefusedBy reason)
    {
        _refused.Add(1, new KeyValuePair<string, object?>(Reason, Names[(int)reason]));
        Interlocked.Increment(ref _untold[(int)reason]);
    }

    /// <summary>Says what was refused since it was said last, at most once a minute. Called by one at a time.</summary>
    public void Tell()
    {
        if (_toldAt is { } at && _time.GetElapsedTime(at) < Between || !_untold.Index().Any(IsWorthTelling))
            return;
        _toldAt = _time.GetTimestamp();
        var counts = _untold.Select((_, i) => (Name: Names[i], Count: Interlocked.Exchange(ref _untold[i], 0))).Where(told => told.Count > 0);
        Alarm(string.Join(", ", counts.Select(told => $"{told.Name} {told.Count}")));
    }

    public void Dispose() => _meter.Dispose();

    private static bool IsWorthTelling((int Index, long Count) refused) =>
        refused.Count >= ((RefusedBy)refused.Index is RefusedBy.Idle or RefusedBy.Token or RefusedBy.AddressRate ? Much : 1);

    [LoggerMessage(LogLevel.Warning, "Refused by limits since this was said last: {Counts}. docs/requests.md says what each is.")]
    private partial void Alarm(string counts);
}
