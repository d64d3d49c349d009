using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SafeHarbor.Notification.Delivery;

/// <summary>When a failed delivery is attempted again.</summary>
internal sealed class Schedule(IOptions<DeliverySettings> settings)
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Default =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    private readonly TimeSpan[] _waits = settings.Value.Schedule is { Length: > 0 } configured ? configured : Default;

    /// <summary>The wait before the next attempt, or null when it would come too late and the delivery is given up.</summary>
    /// <param name="failures">Failed attempts so far, this one included.</param>
    /// <param name="age">Since the delivery was begun.</param>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="jitter">-1 to 1: receivers that failed together are not all asked again together.</param>
    public TimeSpan? Next(int failures, TimeSpan age, AttemptResult attempt, double jitter)
    {
        var wait = failures <= _waits.Length ? _waits[failures - 1] : settings.Value.ThenEvery;
        wait += wait * (0.1 * jitter);
        if (attempt is { RetryAfter: { } asked, Status: (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable })
        {
            // Never sooner than asked for, nor than the first wait.
            asked = asked < LongestRetryAfter ? asked : LongestRetryAfter;
            wait = (asked > _waits[0] ? asked : _waits[0]) * (1 + 0.05 * (1 + jitter));
        }
        return age + wait <= settings.Value.GiveUpAfter ? wait : null;
    }

    /// <summary>A jitter from -1 to 1.</summary>
    public static double Jitter() => RandomNumberGenerator.GetInt32(-1000, 1001) / 1000.0;
}
