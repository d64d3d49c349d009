using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Processes;

/// <summary>What every process of an installation is told, a service's and a node's.</summary>
internal static class ServiceEnvironment
{
    /// <param name="plan">The installation.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="name">The process's, for its certificate and its ledger's key.</param>
    /// <param name="database">Its database, for its own role.</param>
    /// <param name="broker">The broker, for its own user.</param>
    public static Dictionary<string, string?> Of(InstallationPlan plan, DevelopmentKeys keys, string name, string database, string broker)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__Database"] = database,
            ["ConnectionStrings__Broker"] = broker,
            ["Authentication__DevelopmentKeyFile"] = keys.PublicKeyFile,
            ["Ledger__SigningKeyFile"] = keys.LedgerSigningKeyFile(name),
            ["SafeHarbor__SampleData"] = "true",
            ["Sandbox"] = plan.IsSandbox ? "true" : null,
            ["MASSTRANSIT_USAGE_TELEMETRY"] = "false",
            // The logs are written beside the settings, and each line would wake whoever watches these for changes.
            ["DOTNET_hostBuilder__reloadConfigOnChange"] = "false",
            // A young generation of 16 MB instead of the cache's size: less memory for the same work (docs/performance.md).
            ["DOTNET_GCgen0size"] = "0x1000000",
        };
        if (plan.Servers.Authority is { } authority)
            foreach (var (setting, value) in TlsSettings.Of(authority, name))
                environment[setting] = value;
        return environment;
    }
}
