using System.CommandLine;
using System.CommandLine.Help;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local;

/// <summary>The command line: named as its users type it, not as the program that a build makes of it.</summary>
internal static class LauncherCommand
{
    private const string Name = "./safeharbor";

    public static Command Create(Checkout checkout)
    {
        var launcher = new Command(Name, "SafeHarbor on this machine: servers, services, demo, tokens, tests. Everything it writes is below .local/.")
        {
            new HelpOption(),
            new VersionOption(),
            UpVerb.Create(checkout),
            DemoVerb.Create(checkout),
            SandboxVerb.Create(checkout),
            ConformanceVerb.Create(checkout),
            StatusVerb.Create(checkout),
            TokenVerb.Create(checkout),
            KeysVerb.Create(checkout),
            AuthorityVerb.Create(checkout),
            DownVerb.Create(checkout),
            NodeVerb.Create(checkout),
            LogsVerb.Create(checkout),
            TestVerb.Create(checkout),
            FootprintVerb.Create(checkout),
            ParkedVerb.Create(checkout),
            LedgerVerb.Create(checkout),
            PacksVerb.Create(checkout),
            DrillVerb.Create(checkout),
            LawVerb.Create(checkout),
            ApiVerb.Create(checkout),
            JsonVerb.Create(),
            TestProgramVerb.Create(checkout, "bench", "SafeHarbor.Bench", "Measures whole journeys on servers of its own."),
            TestProgramVerb.Create(checkout, "chaos", "SafeHarbor.Chaos", "Breaks servers, services and connections while journeys go on, and proves that nothing was lost or done twice."),
            TestProgramVerb.Create(checkout, "fuzz", "SafeHarbor.Fuzz", "Sends what nobody should send to every operation of every service, and proves that each says what is wrong with it."),
            MutateVerb.Create(checkout),
        };
        launcher.Add(HelpVerb.Create(launcher));
        return launcher;
    }

    /// <summary>Runs a verb that is a program of its own. What it cannot do it says in a line; Ctrl-C asks for an orderly end, which takes servers a moment.</summary>
    internal static async Task<int> RunProgramAsync(Command command, string[] arguments)
    {
        try
        {
            return await command.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
        }
        catch (Exception told) when (told is ServersUnavailableException or ServiceFailedException or InvalidOperationException)
        {
            Console.Error.WriteLine(told.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    /// <summary>A verb that is a program of its own, with the usage that it has by way of the launcher.</summary>
    internal static Command CreateProgram(string verb, string description, params Option[] options)
    {
        var command = new Command(verb, description) { new HelpOption() };
        foreach (var option in options)
            command.Add(option);
        // Whose verb it is, for the usage alone.
        _ = new Command(Name) { command };
        return command;
    }
}
