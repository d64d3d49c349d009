using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources = ["MassTransit", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "SafeHarbor.*"];

    private static readonly string[] Meters =
    [
        "MassTransit", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql",
        "Microsoft.EntityFrameworkCore", "SafeHarbor.*",
    ];

    // The lowest configuration source of all, so that every setting of the operator wins.
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:SafeHarbor"] = "Information",
    };

    public static void AddLogsAndTelemetry(this WebApplicationBuilder builder, string service)
    {
        ((Microsoft.Extensions.Configuration.IConfigurationBuilder)builder.Configuration).Sources
            .Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Services.AddSingleton<DistributedContextPropagator>(new CallersTrace());
        builder.Services.PostConfigure<LoggerFilterOptions>(QuotingLogs.Silence);
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = PlainConsole.Format).AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Services.AddStartCheck<CollectorCheck>();
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return;

        var isSandbox = builder.Configuration.ReadSandbox().IsOn;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, service, isSandbox))
            .WithTracing(traces => traces.AddSource(Sources).AddProcessor(new OutgoingAddress()).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Describe(ResourceBuilder.CreateDefault(), service, isSandbox));
            // ASP.NET Core's scopes carry the request's path, which is told only as a route template.
            logs.IncludeScopes = false;
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });
    }

    /// <summary>Who it is, and whether what it measures are tests: figures leave out what carries the attribute.</summary>
    internal static ResourceBuilder Describe(ResourceBuilder resource, string service, bool isSandbox)
    {
        resource.AddService(service, serviceNamespace: "safeharbor");
        return isSandbox ? resource.AddAttributes([new(Sandbox.Attribute, true)]) : resource;
    }
}
