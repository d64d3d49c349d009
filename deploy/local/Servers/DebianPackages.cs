using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>The last resort on Debian and Ubuntu: the distribution's own packages, for root or with sudo.</summary>
internal static class DebianPackages
{
    public static async Task<bool> InstallAsync(IReadOnlyList<string> packages, Action<string> say, CancellationToken cancellationToken)
    {
        if (Executables.Find("apt-get") is not { } apt)
            return false;
        string[] asRoot = [];
        if (!Signals.IsRoot)
        {
            if (Executables.Find("sudo") is not { } sudo || !(await Executables.RunAsync([sudo, "-n", "true"], cancellationToken)).Succeeded)
                return false;
            asRoot = [sudo, "-n"];
        }

        say($"Installing {string.Join(" and ", packages)} from the distribution's packages (apt-get install) ...");
        await Executables.RunAsync([.. asRoot, apt, "update", "-q"], cancellationToken);
        var outcome = await Executables.RunAsync(
            [.. asRoot, "env", "DEBIAN_FRONTEND=noninteractive", apt, "install", "-y", "-q", "--no-install-recommends", .. packages], cancellationToken);
        if (!outcome.Succeeded)
            say($"apt-get failed: {outcome.Everything}");
        return outcome.Succeeded;
    }
}
