using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local;

/// <summary>The state that this installation is for, by the same settings as its services, which inherit them: <c>State__Code</c>, or the default.</summary>
internal static class HomeState
{
    private static readonly Lazy<State> Read = new(() =>
    {
        var settings = new ConfigurationBuilder();
        settings.AddDefaultState();
        return settings.AddEnvironmentVariables().Build().ReadState();
    });

    /// <summary>Its code, which names its folder.</summary>
    public static string Code => Read.Value.Code;

    /// <summary>Its own organization.</summary>
    public static string Organization => Read.Value.Organization;
}
