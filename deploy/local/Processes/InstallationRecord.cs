using System.Text.Json;

namespace SafeHarbor.Local.Processes;

/// <summary>What is up, for the next run of the launcher.</summary>
/// <param name="VirtualHost">On the broker.</param>
/// <param name="Services">The four.</param>
/// <param name="IsSandbox">Everything that is reported in it is a test.</param>
/// <param name="Nodes">Counties' nodes; null when there is none.</param>
/// <param name="SandboxHost">Who plays counties and providers in it, with the inspector of webhooks; null when nobody does.</param>
internal sealed record InstallationRecord(
    string VirtualHost, IReadOnlyList<InstallationRecord.Service> Services, bool IsSandbox = false, InstallationRecord.Service? SandboxHost = null,
    IReadOnlyList<InstallationRecord.Service>? Nodes = null)
{
    internal sealed record Service(string Name, Uri? Address, RecordedProcess Process);

    public bool IsRunning => Services.Count == ServiceKind.All.Count && Services.All(service => service.Process.IsRunning);

    public bool IsOnTls => Services.Any(service => service.Address?.Scheme == Uri.UriSchemeHttps);

    public Uri AddressOf(ServiceKind kind) => Services.Single(service => service.Name == kind.Name).Address!;

    /// <summary>The node of this name; null when it does not run.</summary>
    public Service? Node(string name) => Nodes?.SingleOrDefault(node => node.Name == name && node.Process.IsRunning);

    /// <summary>With the node, in the place of one of its name.</summary>
    public InstallationRecord With(Service node) => this with { Nodes = [.. (Nodes ?? []).Where(other => other.Name != node.Name), node] };

    /// <summary>Without the node of this name.</summary>
    public InstallationRecord Without(string node) => this with { Nodes = [.. (Nodes ?? []).Where(other => other.Name != node)] };

    public async Task StopAsync() =>
        await Task.WhenAll(Services.Append(SandboxHost).Concat(Nodes ?? []).OfType<Service>().Select(service => service.Process.StopAsync(TimeSpan.FromSeconds(30))));

    public void Write(string directory)
    {
        using var stream = PrivateFile.Create(FileIn(directory));
        JsonSerializer.Serialize(stream, this);
    }

    public static InstallationRecord? Read(string directory) =>
        File.Exists(FileIn(directory)) ? JsonSerializer.Deserialize<InstallationRecord>(File.ReadAllText(FileIn(directory))) : null;

    /// <summary>Nothing is up any more; or nothing was, and the directory may have gone with its data.</summary>
    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            File.Delete(FileIn(directory));
    }

    private static string FileIn(string directory) => Path.Combine(directory, "services.json");
}
