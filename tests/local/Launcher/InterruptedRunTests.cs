using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>A run with servers of its own that ends before its time.</summary>
public sealed class InterruptedRunTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SafeHarbor.Local", "footprint")]
    [InlineData("SafeHarbor.Bench")]
    [InlineData("SafeHarbor.Chaos")]
    public async Task After_Ctrl_C_nothing_of_it_is_left(string program, params string[] verb)
    {
        var run = Start(Checkout.Find().BuiltAssembly(program), verb);
        using var left = new KilledWhenLeft(run);
        var home = await HomeOfAsync(run);

        Signals.Send(run.Id, Signals.Interrupt);
        await run.WaitForExitAsync(Cancelled);

        run.ExitCode.ShouldBe(130);
        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact]
    public async Task Killed_with_all_its_children_it_still_leaves_nothing()
    {
        var run = Start(Checkout.Find().BuiltAssembly("SafeHarbor.Local"), "footprint");
        using var left = new KilledWhenLeft(run);
        var home = await HomeOfAsync(run);

        run.Kill(entireProcessTree: true);

        while (Directory.Exists(home))
            await Task.Delay(50, Cancelled);
    }

    [Theory]
    [InlineData("Finding or starting")]
    [InlineData("Migrating and starting")]
    [InlineData("Following the services' logs")]
    public async Task After_Ctrl_C_up_leaves_no_server_and_no_service_running(string said)
    {
        await using var checkout = new OwnCheckout();
        var up = Start(checkout.Launcher, "up");
        using var left = new KilledWhenLeft(up);
        string? line;
        do
            line = (await up.StandardOutput.ReadLineAsync(Cancelled)).ShouldNotBeNull();
        while (!line.StartsWith(said, StringComparison.Ordinal));

        Signals.Send(up.Id, Signals.Interrupt);
        await up.WaitForExitAsync(Cancelled);

        up.ExitCode.ShouldBe(130);
        // Servers and services run from files in it.
        (await Executables.RunAsync(["ps", "-eo", "args"], Cancelled)).Output.Split('\n').Where(args => args.Contains(checkout.Root + "/", StringComparison.Ordinal)).ShouldBeEmpty();
        File.Exists(checkout.PathOf(".local/services/services.json")).ShouldBeFalse();
    }

    private static Process Start(string program, params string[] verb)
    {
        var start = FromTerminal.Start(DotnetHost.Path, [program, .. verb]);
        foreach (var given in new[] { "SAFEHARBOR_POSTGRES", "SAFEHARBOR_RABBITMQ", "SAFEHARBOR_RABBITMQ_MANAGEMENT" })
            start.Environment.Remove(given);
        return Process.Start(start)!;
    }

    /// <summary>Its home, once a server is being started in it.</summary>
    private static async Task<string> HomeOfAsync(Process run)
    {
        var local = Directory.CreateDirectory(Checkout.Find().LocalDirectory).FullName;
        while (true)
        {
            foreach (var home in Directory.GetDirectories(local, "test-*").Where(home => File.Exists(Path.Combine(home, "postgres.json"))))
                if (JsonSerializer.Deserialize<RecordedProcess>(await File.ReadAllTextAsync(Path.Combine(home, "owner.json"), Cancelled))!.Pid == run.Id)
                    return home;
            run.HasExited.ShouldBeFalse();
            await Task.Delay(50, Cancelled);
        }
    }
}
