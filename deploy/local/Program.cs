using System.CommandLine;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Verbs;

var checkout = Checkout.Find();
var launcher = new RootCommand("SafeHarbor on this machine: servers, services, demo, tokens, tests. Everything it writes is below .local/.")
{
    UpVerb.Create(checkout),
    DemoVerb.Create(checkout),
    StatusVerb.Create(checkout),
    TokenVerb.Create(checkout),
    KeysVerb.Create(checkout),
    AuthorityVerb.Create(checkout),
    DownVerb.Create(checkout),
    LogsVerb.Create(checkout),
    TestVerb.Create(checkout),
    FootprintVerb.Create(checkout),
    ParkedVerb.Create(checkout),
    LedgerVerb.Create(checkout),
    TestProgramVerb.Create(checkout, "bench", "SafeHarbor.Bench", "Measures whole journeys on servers of its own."),
    TestProgramVerb.Create(checkout, "chaos", "SafeHarbor.Chaos", "Breaks servers, services and connections while journeys go on, and proves that nothing was lost or done twice."),
};

try
{
    // Ctrl-C asks for an orderly end, which takes the servers a moment.
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(2) };
    return await launcher.Parse(args).InvokeAsync(configuration);
}
catch (Exception told) when (told is ServersUnavailableException or ServiceFailedException or FormatException)
{
    Console.Error.WriteLine(told.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
