namespace SafeHarbor.Local.Processes;

/// <summary>Writes services' logs to standard output as they grow, each line with its service's name, until the installation is brought down.</summary>
internal static class LogFollower
{
    public static Task FollowAsync(
        string directory, IReadOnlyList<ServiceKind> services, CancellationToken cancellationToken, bool fromStart = false, bool follow = true) =>
        Task.WhenAll(services.Select(service => FollowAsync(service.Name, Path.Combine(directory, service.Name + ".log"), fromStart, follow, cancellationToken)));

    private static async Task FollowAsync(string name, string file, bool fromStart, bool follow, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return;
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        if (!fromStart)
            reader.BaseStream.Seek(0, SeekOrigin.End);
        while (true)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
                Console.WriteLine($"{name,-15} {line}");
            if (!follow || InstallationRecord.Read(Path.GetDirectoryName(file)!) is null)
                return;
            // A file has no way to tell that it grew.
            await Task.Delay(200, cancellationToken);
        }
    }
}
