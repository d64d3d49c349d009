using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// A service that holds keys leaves no copy of its memory: it writes no core file, and outside development no debugger or dump tool of the same user may
/// read it and .NET's own dumps are refused. (In development the launcher reads memory figures, which the kernel refuses as well.)
/// </summary>
/// <remarks>
/// Both limits are needed: a core that goes to a program (<c>core_pattern</c> with a pipe) is not bound by its size, and where the kernel hands cores of
/// undumpable processes to root, the size still binds. Only the soft limit is lowered, so that programs started by this one may have cores.
/// </remarks>
internal sealed partial class NoDumps(IConfiguration configuration, IHostEnvironment environment) : IStartCheck
{
    private const int CoreSize = 4;
    private const int SetDumpable = 4;
    private static readonly string[] DumpSettings = ["DOTNET_DbgEnableMiniDump", "COMPlus_DbgEnableMiniDump"];

    public void Check()
    {
        if (!SealingExtensions.IsSet(configuration))
            return;
        if (!environment.IsDevelopment() && DumpSettings.FirstOrDefault(name => Environment.GetEnvironmentVariable(name) is not (null or "" or "0")) is { } setting)
            throw new StartRefusedException($"{setting} is set: a dump of this service would hold keys and personal details. Remove the variable.");
        if (!OperatingSystem.IsLinux())
            return;
        if (GetLimit(CoreSize, out var limit) != 0 || SetLimit(CoreSize, limit with { Soft = 0 }) != 0
            || (!environment.IsDevelopment() && Control(SetDumpable, 0, 0, 0, 0) != 0))
            throw new StartRefusedException("This process cannot be kept from leaving core files (setrlimit, prctl). Check the sandbox that it runs in.");
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(nuint Soft, nuint Hard);
}
