using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>The benchmark is a program of its own among the tests; it is built when it is asked for.</summary>
internal static class BenchVerb
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("bench", "Measures whole journeys on servers of its own; after '--', --help shows what can be set.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.UnmatchedTokens, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var project = Path.Combine(checkout.Root, "tests", "bench");
        var built = await Executables.RunAsync([DotnetHost.Path, "build", project, "-c", "Release", "-v", "quiet", "-nologo", "-clp:NoSummary"], cancellationToken);
        if (!built.Succeeded)
        {
            Console.Error.WriteLine(built.Everything);
            return 1;
        }
        using var bench = Process.Start(new ProcessStartInfo(DotnetHost.Path, [checkout.BuiltAssembly("SafeHarbor.Bench"), .. arguments]))!;
        // Its end is waited for, because it ends servers first.
        await using var ending = cancellationToken.Register(() => Signals.Send(bench.Id, Signals.Terminate));
        await bench.WaitForExitAsync(CancellationToken.None);
        return bench.ExitCode;
    }
}
