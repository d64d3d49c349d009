using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Load;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>How many requests may be under way, and whose.</summary>
public sealed class RequestLimitTests : IAsyncDisposable
{
    private const string Other = "county:06037";

    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _begun = new(0);
    private readonly ConcurrentBag<IDisposable> _clients = [];
    private TestService? _service;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _mayEnd.TrySetResult();
        foreach (var client in _clients)
            client.Dispose();
        if (_service is not null)
            await _service.DisposeAsync();
        _begun.Dispose();
    }

    [Fact]
    public async Task An_organization_has_so_many_requests_under_way_and_another_notices_nothing()
    {
        var service = await StartAsync(("Limits:InProgress", "2"));
        var held = new[] { await HoldAsync(service, HttpMethod.Get), await HoldAsync(service, HttpMethod.Post) };

        await RefusedAsync(service.Get("/v1/quick"), "2 requests of your organization are under way");
        (await service.StatusAsync(service.Tokens.Issue(Other), "/v1/quick")).ShouldBe(200);

        _mayEnd.SetResult();
        foreach (var request in held)
            (await request).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.StatusAsync(service.Tokens.Issue(), "/v1/quick")).ShouldBe(200);
    }

    [Fact]
    public async Task No_amount_of_reading_keeps_a_command_out()
    {
        var service = await StartAsync(("Limits:InProgress", "4"));
        _ = await HoldAsync(service, HttpMethod.Get);
        _ = await HoldAsync(service, HttpMethod.Get);

        await RefusedAsync(service.Get("/v1/quick"), "2 requests of this kind are under way");
        using var reported = await service.Send(HttpMethod.Post, "/v1/encounters");

        reported.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Streams_of_many_connections_count_together()
    {
        var service = await StartAsync(("Limits:InProgress", "4"), ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        var (first, second) = (Http2Client(service), Http2Client(service));
        _ = await HoldAsync(first, HttpMethod.Get);
        _ = await HoldAsync(second, HttpMethod.Get);

        await RefusedAsync(first.GetAsync("/v1/quick", Cancellation), "2 requests of this kind are under way");
        await RefusedAsync(second.GetAsync("/v1/quick", Cancellation), "2 requests of this kind are under way");
    }

    [Fact]
    public async Task Fewer_may_wait_for_news_and_whoever_reads_without_waiting_is_answered()
    {
        var service = await StartAsync(("Limits:Waiting", "1"));
        _ = await HoldAsync(service, HttpMethod.Get, "/v1/held?wait=30");

        await RefusedAsync(service.Get("/v1/quick?wait=30"), "1 requests of your organization wait for news");

        (await service.StatusAsync(service.Tokens.Issue(), "/v1/quick?wait=0")).ShouldBe(200);
        (await service.StatusAsync(service.Tokens.Issue(Other), "/v1/quick?wait=30")).ShouldBe(200);
    }

    [Fact]
    public async Task A_report_that_prefers_to_wait_is_taken_without_waiting_when_too_many_wait()
    {
        var service = await StartAsync(("Limits:Waiting", "1"));
        _ = await HoldAsync(service, HttpMethod.Get, "/v1/held?wait=30");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/encounters") { Headers = { { "Prefer", "wait=30" } } };
        request.Headers.Authorization = new("Bearer", service.Tokens.Issue());

        using var answer = await service.Client.SendAsync(request, Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("at once");
    }

    [Fact]
    public async Task Without_a_valid_token_an_address_has_so_many_requests_under_way_over_one_connection()
    {
        var service = await StartAsync(("Limits:ConnectionsPerNetwork", "1"), ("Kestrel:EndpointDefaults:Protocols", "Http2"));
        var client = Http2Client(service);
        client.DefaultRequestHeaders.Authorization = null;
        _ = client.GetAsync("/v1/open", Cancellation);
        await _begun.WaitAsync(Cancellation);

        await RefusedAsync(client.GetAsync("/v1/open", Cancellation), "1 requests without a valid token are under way from your address");
    }

    [Fact]
    public async Task A_trusted_proxy_says_whose_request_it_is_and_nobody_else_does()
    {
        var service = await StartAsync(("Limits:PerAddress", "3"), ("Limits:TrustedProxies:0", "127.0.0.2/32"), ("Limits:TrustedProxies:1", "10.9.0.0/16"));
        var (proxy, liar) = (From(service, "127.0.0.2"), From(service, "127.0.0.3"));

        (await UntilRefusedAsync(() => AskAsync(proxy, "198.51.100.1, 203.0.113.7, 10.9.0.1"))).ShouldBeTrue();
        (await UntilRefusedAsync(() => AskAsync(proxy, "203.0.113.8"), atMost: 1)).ShouldBeFalse();
        (await UntilRefusedAsync(() => AskAsync(proxy, "198.51.100.2, 203.0.113.7"), atMost: 1)).ShouldBeTrue();

        var said = 0;
        (await UntilRefusedAsync(() => AskAsync(liar, $"198.51.100.{said++ % 250}"))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_proxys_connections_are_not_those_of_one_client()
    {
        var service = await StartAsync(("Limits:ConnectionsPerNetwork", "1"), ("Limits:UnknownIdle", "00:00:00.200"), ("Limits:TrustedProxies:0", "127.0.0.2/32"));
        using var first = await RawConnection.OpenAsync(service, "127.0.0.2");
        using var second = await RawConnection.OpenAsync(service, "127.0.0.2");
        using (var silent = await RawConnection.OpenAsync(service))
            await silent.ReadToEndAsync();

        foreach (var connection in new[] { first, second })
        {
            await connection.SendAsync("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
            (await connection.ReadAnswerAsync()).ShouldStartWith("HTTP/1.1 404");
        }
    }

    [Theory]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    [InlineData("Limits:TrustedProxies:0", "proxy.example")]
    public async Task Believing_whoever_says_that_he_has_another_address_stops_the_start(string setting, string value)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: (setting, value)));

        refused.Message.ShouldContain("Limits:TrustedProxies");
    }

    private async Task<TestService> StartAsync(params (string, string?)[] settings) => _service = await TestService.Start(
        app =>
        {
            app.MapGet("/v1/quick", (int? wait) => "quick").RequireScope("encounters.read").Plain();
            app.MapPost("/v1/encounters", (HttpRequest request) => Preference.Wait(request) is null ? "at once" : "waited").RequireScope("encounters.write").Plain();
            app.MapGet("/v1/held", async (int? wait) => await HeldAsync()).RequireScope("encounters.read").Plain();
            app.MapPost("/v1/held", HeldAsync).RequireScope("encounters.write").Plain();
            app.MapGet("/v1/open", HeldAsync).AllowAnonymous();
        },
        settings: settings);

    private async Task<string> HeldAsync()
    {
        _begun.Release();
        await _mayEnd.Task;
        return "held";
    }

    /// <summary>Sends, and returns when the request is under way.</summary>
    private async Task<Task<HttpResponseMessage>> HoldAsync(TestService service, HttpMethod method, string path = "/v1/held")
    {
        var request = service.Send(method, path);
        await _begun.WaitAsync(Cancellation);
        return request;
    }

    private async Task<Task<HttpResponseMessage>> HoldAsync(HttpClient client, HttpMethod method)
    {
        var request = client.SendAsync(new HttpRequestMessage(method, "/v1/held") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact }, Cancellation);
        await _begun.WaitAsync(Cancellation);
        return request;
    }

    private HttpClient Http2Client(TestService service)
    {
        var client = new HttpClient(new SocketsHttpHandler())
        {
            BaseAddress = service.Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", service.Tokens.Issue()) },
        };
        _clients.Add(client);
        return client;
    }

    private HttpClient From(TestService service, string address)
    {
        var client = new HttpClient(Elsewhere.From(address, TimeSpan.FromMinutes(1))) { BaseAddress = service.Address };
        _clients.Add(client);
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/quick") { Headers = { { "X-Forwarded-For", forwardedFor } } };
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<bool> UntilRefusedAsync(Func<Task<HttpStatusCode>> ask, int atMost = 1000)
    {
        for (var i = 0; i < atMost; i++)
            if (await ask() == HttpStatusCode.TooManyRequests)
                return true;
        return false;
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> sending, string told)
    {
        using var answer = await sending;
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await SampleService.ReadProblem(Task.FromResult(answer), 429, "too-many-requests")).GetProperty("detail").GetString()!.ShouldStartWith(told);
    }
}
