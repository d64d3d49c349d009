using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>A verb that is a program below <c>tests/</c>: built when it is asked for, and given the rest of the command line.</summary>
internal static class TestProgramVerb
{
    public static Command Create(Checkout checkout, string name, string project, string description)
    {
        var command = new Command(name, $"{description} What can be set: '{name} -- --help'.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(checkout, Path.Combine("tests", name), project, arguments.UnmatchedTokens, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, string directory, string project, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // Standard output is the program's own.
        if (!await Build.RunAsync(checkout, directory, Console.Error.WriteLine, cancellationToken))
            return 1;

        using var program = Process.Start(new ProcessStartInfo(DotnetHost.Path, [checkout.BuiltAssembly(project), .. arguments]))!;
        // Its end is waited for, because it ends servers first.
        await using var ending = cancellationToken.Register(() => Signals.Send(program.Id, Signals.Terminate));
        await program.WaitForExitAsync(CancellationToken.None);
        return program.ExitCode;
    }
}
