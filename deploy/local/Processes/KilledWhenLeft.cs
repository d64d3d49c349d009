using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>
/// A program that is killed with all that it has started when whoever waits for it leaves before its end, as after Ctrl-C. A registration with the token does not
/// do that: a wait under the same token may be left first, and takes the registration along before it was called.
/// </summary>
internal readonly record struct KilledWhenLeft(Process Process) : IDisposable
{
    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }
}
