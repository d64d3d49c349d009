using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>How many requests a second an allowance has.</summary>
/// <remarks>
/// Not the framework's middleware: its partitions look after themselves twenty times a second, which was half of an idle service's processor time.
/// There are as many allowances as known organizations have commands, and at most 4,096 of addresses, so that none has to be taken away again.
/// </remarks>
internal sealed class Rates(LimitSettings limits)
{
    private readonly ConcurrentDictionary<Allowance, TokenBucketRateLimiter> _buckets = new();

    /// <summary>Takes one request.</summary>
    /// <param name="allowance">Whose.</param>
    /// <param name="wait">In how many seconds to come back when there is none left.</param>
    public bool TryTake(Allowance allowance, out int wait)
    {
        var bucket = _buckets.GetOrAdd(allowance, static (wanted, limits) => Bucket(wanted.Organization is null ? limits.PerAddress : limits.PerOrganization), limits);
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        wait = !lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        return lease.IsAcquired;
    }

    private static TokenBucketRateLimiter Bucket(int requests) => new(new()
    {
        TokenLimit = requests,
        TokensPerPeriod = requests,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}
