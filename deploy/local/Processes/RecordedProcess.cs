using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace SafeHarbor.Local.Processes;

/// <summary>
/// A process that may outlive the launcher. Its id alone proves nothing, because ids are given out again;
/// together with its start it names one process for ever, so that only what was started here is ever signalled.
/// </summary>
public sealed record RecordedProcess(int Pid, string Start, int StopSignal = 15)
{
    public static RecordedProcess Of(int pid, int stopSignal = Signals.Terminate) => new(pid, StartOf(pid) ?? "", stopSignal);

    [JsonIgnore]
    public bool IsRunning => StartOf(Pid) is { } start && start == Start;

    public void Send(int signal)
    {
        if (IsRunning)
            Signals.Send(Pid, signal);
    }

    /// <summary>Asks it to stop, and kills it when it has not done so in time.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        Send(StopSignal);
        if (await HasEndedAsync(grace))
            return;
        Send(Signals.Kill);
        await HasEndedAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<bool> HasEndedAsync(TimeSpan within)
    {
        for (var waited = Stopwatch.StartNew(); IsRunning; await Task.Delay(20))
            if (waited.Elapsed > within)
                return false;
        return true;
    }

    private static string? StartOf(int pid) => OperatingSystem.IsLinux() ? LinuxStartOf(pid) : PortableStartOf(pid);

    // Ticks since boot, and the boot they count from: unlike a wall clock start time neither ever moves.
    private static string? LinuxStartOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var afterName = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return afterName[0] is "Z" or "X" ? null : $"{Boot.Value}/{afterName[19]}";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private static string? PortableStartOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().ToString("s", CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
