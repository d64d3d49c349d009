using System.Runtime.InteropServices;

namespace SafeHarbor.Local.Processes;

internal static class DotnetHost
{
    /// <summary>The program that runs assemblies, of the very runtime that runs this one.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
