using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Testing;

/// <summary>The program that holds servers for tests, whichever way it gets them here.</summary>
public sealed class HeldServersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Servers_are_named_and_end_with_whoever_held_them_however_that_ends(bool inOrder)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [Checkout.Find().BuiltAssembly("SafeHarbor.ServerHolder")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var given in new[] { GivenByEnvironment.PostgresVariable, GivenByEnvironment.RabbitMqVariable, GivenByEnvironment.ManagementVariable })
            start.Environment.Remove(given);
        using var holder = Process.Start(start)!;
        var named = JsonSerializer.Deserialize<Dictionary<string, string>>((await holder.StandardOutput.ReadLineAsync(Cancelled)).ShouldNotBeNull())!;
        var (postgres, management) = (named[GivenByEnvironment.PostgresVariable], named[GivenByEnvironment.ManagementVariable]);
        (await Database.AnswersAsync(postgres, Cancelled)).ShouldBeTrue();
        (await VirtualHost.AnswersAsync(management, Cancelled)).ShouldBeTrue();

        if (inOrder)
            holder.StandardInput.Close();
        else
            holder.Kill(entireProcessTree: true);
        await holder.WaitForExitAsync(Cancelled);

        while (await Database.AnswersAsync(postgres, Cancelled) || await VirtualHost.AnswersAsync(management, Cancelled))
            await Task.Delay(50, Cancelled);
    }
}
