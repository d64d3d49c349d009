namespace SafeHarbor.Architecture.Tests;

internal static class Repository
{
    /// <summary>The directory of the solution from which the tests were built.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "SafeHarbor.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("Not run from within the repository.");
        return directory.FullName;
    }
}
