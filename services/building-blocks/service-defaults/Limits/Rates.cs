using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// How many requests a second, and whose. With a valid token it is the organization's: reading has one allowance and each command has its own,
/// so that no amount of reading, nor of any other command, takes the place of an emergency report. Without one it is the address's, and only
/// for those: whoever shares an address with somebody who guesses tokens is not slowed down.
/// </summary>
/// <remarks>
/// Not the framework's middleware: its partitions look after themselves twenty times a second, which was half of an idle service's processor time.
/// There are as many allowances as known organizations have commands, and at most 4,096 of addresses, so that none has to be taken away again.
/// </remarks>
internal sealed class Rates(LimitSettings limits)
{
    // So that somebody with very many addresses cannot fill the memory; who shares an allowance changes with every start.
    private const int AddressAllowances = 4096;

    private readonly ConcurrentDictionary<Allowance, TokenBucketRateLimiter> _buckets = new();

    /// <summary>Lets a request pass, or answers 429 and when to come back.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (AllowanceOf(context) is not { } allowance)
            return next(context);
        var bucket = _buckets.GetOrAdd(allowance, static (wanted, limits) => Bucket(wanted.Organization is null ? limits.PerAddress : limits.PerOrganization), limits);
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        if (lease.IsAcquired)
            return next(context);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    }

    private static TokenBucketRateLimiter Bucket(int requests) => new(new()
    {
        TokenLimit = requests,
        TokensPerPeriod = requests,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
        QueueLimit = 0,
    });

    // An orchestrator that is refused the health would end the service.
    private static Allowance? AllowanceOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? null
        : Caller.TryFrom(context.User, out var caller) ? new(caller.Organization, CommandOf(context), 0)
        : new(null, null, Network(context.Connection.RemoteIpAddress));

    private static string? CommandOf(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? null
            : (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";

    private static int Network(IPAddress? address)
    {
        if (address is null)
            return -1;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var hash = new HashCode();
        // Whoever has one IPv6 address has the whole /64.
        hash.AddBytes(plain.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes);
        return (int)((uint)hash.ToHashCode() % AddressAllowances);
    }

    private readonly record struct Allowance(Organization? Organization, string? Command, int Network);
}
