using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Telemetry;

public sealed class TelemetryTests(SampleService sample)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Nothing_is_collected_or_exported_without_an_endpoint()
    {
        sample.Service.Get<IServiceProvider>().GetService<TracerProvider>().ShouldBeNull();
        sample.Service.Get<IServiceProvider>().GetService<MeterProvider>().ShouldBeNull();
    }

    [Fact]
    public async Task Traces_metrics_and_logs_go_to_the_endpoint_that_is_set_and_hold_no_query()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var received = new ConcurrentDictionary<string, string>();
        var collecting = Collect(collector, received, TestContext.Current.CancellationToken);

        await using (var service = await TestService.Start(
            app => app.MapGet("/v1/things/{id}", (string id, string? name) => id + name).RequireScope("encounters.read").Plain(),
            settings: [(Endpoint, $"http://{collector.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]))
        {
            using var answer = await service.Get("/v1/things/path-canary?name=query-canary");
            service.Get<ILoggerFactory>().CreateLogger("SafeHarbor.Sample").LogExported();
            service.Get<TracerProvider>().ForceFlush();
            service.Get<MeterProvider>().ForceFlush();
        }

        collector.Stop();
        await collecting;
        received["/v1/traces"].ShouldContain("GET /v1/things/{id}");
        received["/v1/metrics"].ShouldContain("http.server.request.duration");
        received.Values.ShouldAllBe(body => !body.Contains("query-canary") && !body.Contains("path-canary"));
        received.Values.ShouldAllBe(body => body.Contains("safeharbor"));
    }

    [Fact]
    public async Task The_server_span_is_named_by_method_and_route_template()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var service = await TestService.Start(
            app => app.MapGet("/v1/things/{id}", (string id, string? name) => id + name).RequireScope("encounters.read").Plain(),
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Collector(spans))),
            settings: (Endpoint, "http://127.0.0.1:9"));

        using (await service.Get("/v1/things/path-canary?name=query-canary"))
        using (await service.Get("/v1/nowhere"))
        using (await service.Get("/health/live", ""))
        {
        }

        await service.DisposeAsync();
        var servers = spans.Where(span => span.Kind == ActivityKind.Server && Equals(span.GetTagItem("http.request.method"), "GET")).ToList();
        var known = servers.First(span => span.DisplayName == "GET /v1/things/{id}");
        known.GetTagItem("http.route").ShouldBe("/v1/things/{id}");
        known.GetTagItem("http.response.status_code").ShouldBe(200);
        servers.ShouldContain(span => span.DisplayName == "GET" && Equals(span.GetTagItem("http.response.status_code"), 404));
        spans.ShouldAllBe(span => span.DisplayName != "GET /health/live");
        spans.Where(span => span.Kind == ActivityKind.Server).SelectMany(span => span.TagObjects).Select(tag => $"{tag.Value}")
            .ShouldAllBe(value => !value.Contains("canary"));
    }

    [Fact]
    public async Task Of_a_callers_trace_context_only_the_ids_are_taken()
    {
        var spans = new ConcurrentQueue<Activity>();
        string? baggage = null;
        await using var service = await TestService.Start(
            app => app.MapGet("/v1/things/{id}", (string id) => { baggage = string.Join(' ', Baggage.GetBaggage()); return id; }).RequireScope("encounters.read").Plain(),
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(new Collector(spans))),
            settings: (Endpoint, "http://127.0.0.1:9"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/things/1") { Headers = { Authorization = new("Bearer", service.Tokens.Issue()) } };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "sender=state-canary");
        request.Headers.Add("baggage", "sender=baggage-canary");
        using (await service.Client.SendAsync(request, TestContext.Current.CancellationToken))
        {
        }

        await service.DisposeAsync();
        var known = spans.First(span => span.DisplayName == "GET /v1/things/{id}");
        known.TraceId.ToHexString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        known.TraceStateString.ShouldBeNull();
        baggage.ShouldBe("");
    }

    [Fact]
    public void Only_our_own_information_is_logged_and_the_operator_can_change_that()
    {
        var filter = sample.Service.Get<IOptions<LoggerFilterOptions>>().Value;
        var levels = filter.Rules.Where(rule => rule.ProviderName is null).ToDictionary(rule => rule.CategoryName ?? "", rule => rule.LogLevel);

        levels[""].ShouldBe(LogLevel.Warning);
        levels["SafeHarbor"].ShouldBe(LogLevel.Information);
    }

    [Fact]
    public async Task A_level_that_the_operator_sets_wins()
    {
        await using var service = await TestService.Start(settings: ("Logging:LogLevel:Default", "Error"));

        var rules = service.Get<IOptions<LoggerFilterOptions>>().Value.Rules;

        rules.Single(rule => rule.CategoryName is null && rule.ProviderName is null).LogLevel.ShouldBe(LogLevel.Error);
    }

    // A collector that keeps what arrives by path: protobuf holds its texts as plain UTF-8.
    private static async Task Collect(TcpListener listener, ConcurrentDictionary<string, string> received, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptTcpClientAsync(cancel);
                _ = Serve(connection, received, cancel);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task Serve(TcpClient connection, ConcurrentDictionary<string, string> received, CancellationToken cancel)
    {
        using (connection)
        {
            var stream = connection.GetStream();
            var buffer = new byte[1 << 20];
            var filled = 0;
            while (await stream.ReadAsync(buffer.AsMemory(filled), cancel) is > 0 and var read)
            {
                filled += read;
                var text = System.Text.Encoding.Latin1.GetString(buffer, 0, filled);
                var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                var length = System.Text.RegularExpressions.Regex.Match(text, @"Content-Length: (\d+)");
                if (head < 0 || filled < head + 4 + int.Parse(length.Groups[1].Value, null))
                    continue;
                received.AddOrUpdate(text.Split(' ')[1], text, (_, before) => before + text);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
                filled = 0;
            }
        }
    }

    private sealed class Collector(ConcurrentQueue<Activity> spans) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Recorded)
                spans.Enqueue(data);
        }
    }
}

internal static partial class ExportedLog
{
    [LoggerMessage(LogLevel.Information, "An exported line")]
    public static partial void LogExported(this ILogger log);
}
