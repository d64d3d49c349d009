using System.CommandLine;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.ServiceDefaults.Hosting;

try
{
    // Ctrl-C asks for an orderly end, which takes the servers a moment.
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
    return await LauncherCommand.Create(Checkout.Find()).Parse(args).InvokeAsync(configuration);
}
catch (Exception told) when (told is ServersUnavailableException or ServiceFailedException or StartRefusedException or FormatException)
{
    Console.Error.WriteLine(told.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
