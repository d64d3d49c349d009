using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Testing;

/// <summary>
/// Servers for tests, which the environment names from then on. A program of the tests' own holds them, so that what starts containers is no part of the launcher.
/// </summary>
public sealed class HeldServers : IAsyncDisposable
{
    private readonly Process _holder;

    private HeldServers(Process holder) => _holder = holder;

    /// <returns>What ends them when it is disposed, or with the running program, however that ends; null when the environment names servers already.</returns>
    /// <exception cref="ServersUnavailableException">There is nothing to find or to start; what to do has been said.</exception>
    public static async Task<HeldServers?> StartAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (GivenByEnvironment.All)
            return null;
        var holder = new ProcessStartInfo(DotnetHost.Path, [checkout.BuiltAssembly("SafeHarbor.ServerHolder")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var held = new HeldServers(Process.Start(holder)!);
        try
        {
            var named = await held._holder.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new ServersUnavailableException("The tests have no servers.");
            foreach (var (variable, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(named)!)
                Environment.SetEnvironmentVariable(variable, value);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _holder.StandardInput.Close();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
    }
}
