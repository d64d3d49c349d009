using System.Diagnostics;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Processes;

public sealed class RecordedProcessTests
{
    [Fact]
    public void The_same_id_with_another_start_is_another_process()
    {
        var own = RecordedProcess.Of(Environment.ProcessId);

        own.IsRunning.ShouldBeTrue();
        (own with { Start = own.Start + "0" }).IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_that_ignores_the_signal_is_killed()
    {
        using var process = Process.Start("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 0.1; done"]);
        var recorded = RecordedProcess.Of(process.Id);

        await recorded.StopAsync(TimeSpan.FromMilliseconds(300));

        recorded.IsRunning.ShouldBeFalse();
    }
}
