using Microsoft.Extensions.Logging;

namespace SafeHarbor.ServiceDefaults.Telemetry;

/// <summary>
/// Some of the framework's loggers quote what a caller has sent, such as paths, queries and headers, and a caller may have put a name there. Below a warning they
/// stay silent, whatever level an operator sets.
/// </summary>
internal static class QuotingLogs
{
    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing",
    ];

    /// <summary>Holds every rule of the configuration to it, also those that name such a logger, or one output of the log.</summary>
    public static void Silence(LoggerFilterOptions options)
    {
        for (var i = 0; i < options.Rules.Count; i++)
        {
            var rule = options.Rules[i];
            options.Rules[i] = new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel,
                (provider, category, level) => MaySpeak(category, level) && rule.Filter?.Invoke(provider, category, level) != false);
        }
    }

    private static bool MaySpeak(string? category, LogLevel level) =>
        level >= LogLevel.Warning || !Categories.Any(quoting => category?.StartsWith(quoting, StringComparison.Ordinal) == true);
}
