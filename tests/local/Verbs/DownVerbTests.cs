using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class DownVerbTests : IDisposable
{
    private readonly Checkout _checkout = new(Directory.CreateTempSubdirectory("safeharbor-").FullName);

    public DownVerbTests()
    {
        _checkout.CreateLocalDirectory();
        DevelopmentKeys.OfCheckout(_checkout);
        DevelopmentAuthority.OfCheckout(_checkout);
        File.WriteAllText(InLocal("built"), "");
        File.WriteAllText(InLocal("built.4711"), "");
        RunOf("journeys/ended", Ended);
        RunOf("test-ended", Ended);
    }

    [Fact]
    public async Task A_wipe_leaves_nothing_but_the_note_of_what_is_built()
    {
        (await DownAsync(wipe: true)).ShouldBe("Down, and its data is gone.");

        Left().ShouldBe(["built"]);
    }

    [Theory]
    [InlineData("journeys/going")]
    [InlineData("test-going")]
    public async Task A_wipe_leaves_a_run_that_still_goes_on_what_it_uses(string run)
    {
        RunOf(run, RecordedProcess.Of(Environment.ProcessId));

        (await DownAsync(wipe: true)).ShouldContain("A test run is still going");

        Directory.Exists(InLocal(run)).ShouldBeTrue();
        Directory.Exists(InLocal("tls")).ShouldBeTrue();
        Left().ShouldNotContain("services");
        Left().ShouldNotContain("test-ended");
        Directory.Exists(InLocal("journeys/ended")).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_wipe_keys_certificates_and_logs_stay()
    {
        (await DownAsync(wipe: false)).ShouldBe("Down.");

        Left().ShouldBe(["built", "built.4711", "journeys", "servers", "services", "tls"]);
    }

    public void Dispose() => Directory.Delete(_checkout.Root, recursive: true);

    private static RecordedProcess Ended => RecordedProcess.Of(Environment.ProcessId) with { Start = "another boot/1" };

    private Task<string> DownAsync(bool wipe) => DownVerb.RunAsync(_checkout, wipe, TestContext.Current.CancellationToken);

    private IEnumerable<string> Left() => new DirectoryInfo(_checkout.LocalDirectory).GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal);

    private string InLocal(string path) => Path.Combine(_checkout.LocalDirectory, path);

    private void RunOf(string directory, RecordedProcess owner)
    {
        Directory.CreateDirectory(InLocal(directory));
        File.WriteAllText(Path.Combine(InLocal(directory), "owner.json"), JsonSerializer.Serialize(owner));
    }
}
