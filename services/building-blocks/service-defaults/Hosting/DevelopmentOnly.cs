using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// What makes trying out easy and an installation unsafe does not start in Production: invented counties and providers, and passwords that everybody
/// knows. The development key is refused where tokens are configured. A sandbox may have invented
/// counties and providers anywhere: that is what it is for.
/// </summary>
internal sealed partial class DevelopmentOnly(IConfiguration configuration, IHostEnvironment environment, Sandbox sandbox) : IStartCheck
{
    private const string SampleData = "SafeHarbor:SampleData";

    public void Check()
    {
        if (!environment.IsProduction())
            return;
        if (configuration.GetValue<bool>(SampleData) && !sandbox.IsOn)
            throw new StartRefusedException($"{SampleData} is true, but the environment is Production: reports would go to invented counties and providers. Remove it.");
        if (configuration.GetSection("ConnectionStrings").GetChildren().FirstOrDefault(c => KnownPassword().IsMatch(c.Value ?? "")) is { } known)
            throw new StartRefusedException($"ConnectionStrings:{known.Key} has a password that everybody knows, and the environment is Production. Give its user a random one (openssl rand -base64 32).");
    }

    // docker-compose.yml's, and the ones that the servers' own instructions begin with.
    [GeneratedRegex(
        "(Password|Pwd)\\s*=\\s*[\"']?(development|postgres|password|guest)[\"']?\\s*(;|\\z)|://[^/@]*:(development|postgres|password|guest)@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex KnownPassword();
}
