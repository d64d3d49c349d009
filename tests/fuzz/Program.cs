using System.CommandLine;
using SafeHarbor.Fuzz;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

var command = FuzzSettings.Command(async (settings, cancellation) =>
{
    var result = await FuzzRun.RunAsync(settings, Console.Out.WriteLine, cancellation);
    return result.Passed ? 0 : 1;
});

try
{
    // Ctrl-C asks for an orderly end, which takes the servers a moment.
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
    return await command.Parse(args).InvokeAsync(configuration);
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
