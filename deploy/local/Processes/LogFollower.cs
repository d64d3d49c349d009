namespace SafeHarbor.Local.Processes;

/// <summary>Writes services' logs to standard output as they grow, each line with its service's name, until the installation is brought down.</summary>
internal static class LogFollower
{
    /// <summary>A service's name and a line of it, side by side.</summary>
    public static string ForPeople(string service, string line) => $"{service,-15} {line}";

    public static Task FollowAsync(
        string directory, IReadOnlyList<ServiceKind> services, Func<string, string, string> written, CancellationToken cancellationToken, bool fromStart = false, bool follow = true) =>
        Task.WhenAll(services.Select(service =>
            FollowAsync(Path.Combine(directory, service.Name + ".log"), line => written(service.Name, line), fromStart, follow, cancellationToken)));

    private static async Task FollowAsync(string file, Func<string, string> written, bool fromStart, bool follow, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return;
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        if (!fromStart)
            reader.BaseStream.Seek(0, SeekOrigin.End);
        while (true)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                Console.WriteLine(written(line));
            if (!follow || InstallationRecord.Read(Path.GetDirectoryName(file)!) is null)
                return;
            // A file has no way to tell that it grew.
            await Task.Delay(200, cancellationToken);
        }
    }
}
