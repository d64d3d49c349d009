using System.CommandLine;
using SafeHarbor.Chaos;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

var command = ChaosSettings.Command(async (settings, cancellation) =>
{
    var say = settings.Json ? Console.Error : Console.Out;
    var result = await ChaosRun.RunAsync(settings, say.WriteLine, cancellation);
    if (settings.Json)
        Console.WriteLine(result.ToJson());
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
