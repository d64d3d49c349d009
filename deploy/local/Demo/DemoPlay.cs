using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Demo;

internal static class DemoPlay
{
    public static Task<int> RunAsync(InstallationRecord installation, DevelopmentKeys keys, CancellationToken cancellationToken) => Task.FromResult(0);
}
