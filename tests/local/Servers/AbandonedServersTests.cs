using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class AbandonedServersTests : IDisposable
{
    private readonly Checkout _checkout = new(Directory.CreateTempSubdirectory("safeharbor-").FullName);

    [Fact]
    public async Task What_a_killed_test_run_left_is_cleared_away_and_a_running_one_is_left_alone()
    {
        var killed = HomeOf("test-killed", RecordedProcess.Of(Environment.ProcessId) with { Start = "another boot/1" });
        var running = HomeOf("test-running", RecordedProcess.Of(Environment.ProcessId));

        await ServerPair.StopAbandonedAsync(_checkout);

        Directory.Exists(killed).ShouldBeFalse();
        Directory.Exists(running).ShouldBeTrue();
    }

    public void Dispose() => Directory.Delete(_checkout.Root, recursive: true);

    private string HomeOf(string run, RecordedProcess owner)
    {
        var home = Directory.CreateDirectory(Path.Combine(_checkout.LocalDirectory, run)).FullName;
        File.WriteAllText(Path.Combine(home, "owner.json"), JsonSerializer.Serialize(owner));
        return home;
    }
}
