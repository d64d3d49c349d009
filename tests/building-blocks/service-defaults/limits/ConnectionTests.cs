using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>What a client that means ill can do with a connection, tried on a real one.</summary>
public sealed class ConnectionTests(SampleService sample)
{
    private const string Head = "GET /v1/open HTTP/1.1\r\nHost: localhost\r\n";

    public static TheoryData<string, string> TooMuch => new()
    {
        { "GET /v1/open?q=" + new string('x', 5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "414" },
        { Head + "X-Long: " + new string('x', 17 * 1024) + "\r\n\r\n", "431" },
        { Head + string.Concat(Enumerable.Range(0, 65).Select(i => $"X-{i}: 1\r\n")) + "\r\n", "431" },
    };

    public static TheoryData<string> Malformed =>
    [
        "\0\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET /v1/open HTTP/9.9\r\n\r\n",
        "GET /v1/open HTTP/1.1\r\n\r\n",
        Head + "Content-Length: -1\r\n\r\n",
        Head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        Head + "Bad Header: 1\r\n\r\n",
        "GET /v1/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /v1/samples HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    ];

    [Theory]
    [MemberData(nameof(TooMuch), DisableDiscoveryEnumeration = true)]
    public async Task A_head_that_is_too_large_is_refused_and_the_connection_closed(string request, string status) =>
        (await RawConnection.ExchangeAsync(sample.Service, request)).ShouldStartWith($"HTTP/1.1 {status}");

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_request_is_refused_without_a_failure(string request)
    {
        var separate = request.Contains("chunked", StringComparison.Ordinal) || request.StartsWith("GET /v1/%00", StringComparison.Ordinal)
            ? request.Replace("Host: localhost\r\n", "Host: localhost\r\nConnection: close\r\n", StringComparison.Ordinal)
            : request;

        await using var service = await TestService.Start(app => app.MapPost("/v1/samples", (Sample body) => body).AllowAnonymous());
        var answer = await RawConnection.ExchangeAsync(service, separate);

        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)).ShouldBeTrue(answer);
        service.Log.Text.ShouldNotContain("Error ", Case.Sensitive);
    }

    [Fact]
    public async Task Whoever_is_slow_with_the_head_loses_the_connection()
    {
        await using var service = await TestService.Start(settings: ("Limits:HeadTimeout", "00:00:00.200"));
        using var connection = await RawConnection.OpenAsync(service);
        var began = Stopwatch.GetTimestamp();
        await connection.SendAsync(Head);

        (await connection.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 408");

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Whoever_is_slow_with_the_body_is_refused()
    {
        using var connection = await RawConnection.OpenAsync(sample.Service);
        await connection.SendAsync(
            $"POST /v1/samples HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {sample.Service.Tokens.Issue()}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{");

        var answer = await connection.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408");
        answer.ShouldContain("request-timeout");
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_broken_off_and_says_when_to_come_back()
    {
        await using var service = await TestService.Start(
            app => app.MapGet("/v1/endless", async (CancellationToken cancellation) => await Task.Delay(Timeout.Infinite, cancellation)).RequireScope("encounters.read").Plain(),
            settings: ("Limits:RequestTimeout", "00:00:00.100"));

        await SampleService.ReadProblem(service.Get("/v1/endless"), 503, "unavailable");

        using var answer = await service.Get("/v1/endless");
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task JSON_nested_too_deeply_is_a_problem()
    {
        var deep = "{\"free\":" + new string('[', 40) + new string(']', 40) + "}";

        await SampleService.ReadProblem(sample.Service.Post("/v1/samples", deep), 400, "validation");
    }

    [Fact]
    public void An_HTTP2_connection_has_limits_of_its_own()
    {
        var http2 = sample.Service.Get<IOptions<KestrelServerOptions>>().Value.Limits.Http2;

        (http2.MaxStreamsPerConnection, http2.MaxRequestHeaderFieldSize).ShouldBe((64, 8192));
    }

    [Theory]
    [InlineData("Limits:Connections", "0")]
    [InlineData("Limits:PerAddress", "-1")]
    [InlineData("Limits:RequestTimeout", "00:00:00")]
    [InlineData("Limits:UnknownConnections", "0")]
    [InlineData("Limits:ConnectionsPerNetwork", "0")]
    [InlineData("Limits:ConnectionsPerOrganization", "0")]
    [InlineData("Limits:UnknownIdle", "00:00:00")]
    [InlineData("Limits:InProgress", "0")]
    [InlineData("Limits:Waiting", "-1")]
    public async Task A_limit_that_lets_nothing_through_stops_the_start(string setting, string value)
    {
        var refused = await Should.ThrowAsync<Exception>(async () => await (await TestService.Start(settings: (setting, value))).DisposeAsync());

        refused.ShouldBeOfType<StartRefusedException>().Message.ShouldContain(setting);
    }

    [Fact]
    public async Task A_client_that_keeps_to_the_limits_notices_nothing()
    {
        using var answer = await sample.Service.Get("/v1/samples?after=" + new string('x', 3000));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
