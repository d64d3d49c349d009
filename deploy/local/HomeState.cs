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

    /// <exception cref="ServiceDefaults.Hosting.StartRefusedException">There is none, or its files are wrong.</exception>
    public static State Current => Read.Value;
}
