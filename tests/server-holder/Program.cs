using System.Runtime.InteropServices;
using System.Text.Json;
using SafeHarbor.Local;
using SafeHarbor.Local.Servers;
using SafeHarbor.ServerHolder;

// Holds servers for tests: names them in one line of JSON, and ends them when its input ends, which it does with whoever started this.
// Ctrl-C is theirs: they let go when they have ended themselves.
using var deaf = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
using var released = new CancellationTokenSource();
var holding = Task.Run(() =>
{
    Console.In.ReadToEnd();
    released.Cancel();
});

try
{
    var checkout = Checkout.Find();
    await ServerPair.StopAbandonedAsync(checkout);
    await using var containers = await ContainerServers.StartAsync(checkout, Console.Error.WriteLine, released.Token);
    await using var pair = containers is null ? await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.Error.WriteLine, released.Token) : null;
    Console.Error.WriteLine(containers?.Origin ?? pair!.Origin);
    Console.WriteLine(JsonSerializer.Serialize(containers?.AsEnvironment() ?? pair!.AsEnvironment()));
    await holding;
    return 0;
}
catch (OperationCanceledException)
{
    return 130;
}
catch (ServersUnavailableException told)
{
    Console.Error.WriteLine(told.Message);
    return 1;
}
