using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SafeHarbor.Local;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>The table of limits in <c>docs/requests.md</c> says what a service has that nobody has set otherwise.</summary>
public sealed class LimitsPageTests(SampleService sample)
{
    private const int KiB = 1024;

    [Fact]
    public void The_limits_that_are_promised_are_those_of_a_service()
    {
        var limits = sample.Service.Get<LimitSettings>();
        var server = sample.Service.Get<IOptions<KestrelServerOptions>>().Value.Limits;

        File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs/requests.md")).ShouldContain($"""
            | requests of an organization, all its reading together | {limits.PerOrganization} a second |
            | requests of an organization, each command by itself | {limits.PerOrganization} a second |
            | requests without a valid token from one address | {limits.PerAddress} a second |
            | requests of an organization under way at once | {limits.InProgress}, of them its reading together, and each command by itself, {limits.InProgress / 2} |
            | requests of an organization that wait for news at once | {limits.Waiting} |
            | requests without a valid token under way at once from one address | {limits.ConnectionsPerNetwork} |
            | connections of an organization that are kept | {limits.ConnectionsPerOrganization} |
            | new connections of one address | {limits.ConnectionsPerSecond} are let in a second, the rest waits and holds up nobody else's |
            | connections of one address on which there was no valid token yet | {limits.ConnectionsPerNetwork}, then the one that has done nothing for longest is closed |
            | such a connection, before a first request or between two | {limits.UnknownIdle.TotalSeconds} s |
            | a body | {server.MaxRequestBodySize / KiB / KiB} MiB |
            | a request's head | {server.MaxRequestHeadersTotalSize / KiB} KiB in {server.MaxRequestHeaderCount} headers, its first line {server.MaxRequestLineSize / KiB} KiB, sent within {server.RequestHeadersTimeout.TotalSeconds} s |
            | an answer | within {limits.RequestTimeout.TotalSeconds} s |
            | waiting for news (`wait`) | {Preference.LongestWait.TotalSeconds} s |
            | `Idempotency-Key` | {IdempotencyKey.Longest} printable ASCII characters |
            | items of a list | {PageQuery.Most}, {PageQuery.Usual} when nothing is said |
            """);
    }
}
