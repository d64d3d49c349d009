using System.Collections.Concurrent;
using System.Globalization;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Processes;

/// <summary>Builds of a project that runs a command.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly Checkout _checkout = new(Directory.CreateTempSubdirectory("safeharbor-").FullName);
    private readonly ConcurrentQueue<string> _said = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_checkout.Root, recursive: true);

    [Fact]
    public async Task While_a_build_says_nothing_it_is_said_that_it_goes_on()
    {
        Project("until [ -e go ]; do sleep 0.05; done");

        var building = RunAsync(Cancellation);
        while (!_said.Any(line => line.StartsWith("Still building after ", StringComparison.Ordinal)))
            await Task.Delay(20, Cancellation);
        await File.WriteAllTextAsync(InCheckout("go"), "", Cancellation);

        (await building).ShouldBeTrue();
        _said.First().ShouldContain("1 to 4 minutes");
    }

    [Fact]
    public async Task A_build_that_fails_says_so_with_what_is_wrong()
    {
        Project("exit 3");

        (await RunAsync(Cancellation)).ShouldBeFalse();
        _said.ShouldContain(line => line.Contains("error MSB3073", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_build_leaves_nothing_running()
    {
        Project("echo $$ &gt; pid.new; mv pid.new pid; exec sleep 600");
        using var interrupting = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var building = RunAsync(interrupting.Token);
        while (!File.Exists(InCheckout("pid")))
            await Task.Delay(20, Cancellation);
        var command = RecordedProcess.Of(int.Parse(await File.ReadAllTextAsync(InCheckout("pid"), Cancellation), CultureInfo.InvariantCulture));
        command.IsRunning.ShouldBeTrue();
        await interrupting.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(building);
        while (command.IsRunning)
            await Task.Delay(20, Cancellation);
    }

    private Task<bool> RunAsync(CancellationToken cancellation) => Build.RunAsync(_checkout, "slow.proj", _said.Enqueue, cancellation, patience: TimeSpan.FromMilliseconds(100));

    private void Project(string command) => File.WriteAllText(InCheckout("slow.proj"), $"""<Project><Target Name="Build"><Exec Command="{command}" /></Target></Project>""");

    private string InCheckout(string file) => Path.Combine(_checkout.Root, file);
}
