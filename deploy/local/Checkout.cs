using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.Local;

/// <summary>The working copy that the running program was built in: everything the launcher writes stays in its <c>.local</c> directory.</summary>
public sealed record Checkout(string Root)
{
    /// <summary>Where servers keep their data, services their logs, and both their records.</summary>
    public string LocalDirectory => Path.Combine(Root, ".local");

    /// <summary>Tells this working copy's servers from those of another on the same machine.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..8];

    /// <summary>Finds the working copy above the running program.</summary>
    /// <exception cref="InvalidOperationException">The program does not run from a working copy.</exception>
    public static Checkout Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "SafeHarbor.sln")))
                return new Checkout(directory.FullName);
        throw new InvalidOperationException($"No SafeHarbor.sln above {AppContext.BaseDirectory}: run the launcher from a working copy.");
    }

    /// <summary>The built assembly of a project, in the configuration that the running program was built in.</summary>
    public string BuiltAssembly(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Root, "artifacts", "bin", project, configuration, project + ".dll");
    }

    /// <summary>Makes the <c>.local</c> directory; servers that run as another user must be able to pass through it.</summary>
    public void CreateLocalDirectory()
    {
        Directory.CreateDirectory(LocalDirectory);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(LocalDirectory, File.GetUnixFileMode(LocalDirectory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }
}
