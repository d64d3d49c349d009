using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.ServiceDefaults.Telemetry;

/// <summary>Refuses to send traces, metrics and logs to another machine without TLS: who did what and when is in them, though no person's details.</summary>
internal sealed class CollectorCheck(IConfiguration configuration, PlainConnections plain) : IStartCheck
{
    // The variables of the OpenTelemetry specification: one for all signals, and one for each that goes elsewhere.
    private static readonly string[] Settings =
    [
        TelemetryExtensions.Endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    public void Check()
    {
        foreach (var setting in Settings)
        {
            if (configuration[setting] is not { Length: > 0 } value)
                continue;
            if (!Uri.TryCreate(value, UriKind.Absolute, out var collector))
                throw new StartRefusedException($"{setting} is no address. Set it to one like https://collector.example:4317, or remove it.");
            if (collector.Scheme != Uri.UriSchemeHttps && !plain.MayReach(collector.Host))
                throw new StartRefusedException(
                    $"{setting} would reach {collector.Host} without TLS. Begin it with https:// and, for an authority of your own, set OTEL_EXPORTER_OTLP_CERTIFICATE to its PEM file.");
        }
    }
}
