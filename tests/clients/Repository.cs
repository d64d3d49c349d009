namespace SafeHarbor.Client.Tests;

/// <summary>Where the sources are. What the compiler knows of it is no path of this machine in a build that can be repeated elsewhere.</summary>
internal static class Repository
{
    /// <summary>A file or folder of it, by its path from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root.Value, .. parts]);

    private static readonly Lazy<string> Root = new(() =>
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SafeHarbor.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests lie in no checkout.");
    });
}
