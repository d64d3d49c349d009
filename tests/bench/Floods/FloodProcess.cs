using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Load;

namespace SafeHarbor.Bench.Floods;

/// <summary>
/// A flood in a process of its own, which gets the processor when nobody else wants it: who floods does so from machines of his own, and what his program needs must neither slow down the service nor whoever
/// measures it.
/// </summary>
internal sealed class FloodProcess : IAsyncDisposable
{
    /// <summary>With this argument, and what follows it, the program is one.</summary>
    public const string Verb = "flood-from-here";

    private readonly Process _process;

    private FloodProcess(Process process) => _process = process;

    /// <summary>Connections that had been made at the end; known once it is disposed.</summary>
    public int Opened { get; private set; }

    public static FloodProcess Start(Uri service, FloodKind kind, int connections) => new(Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [typeof(FloodProcess).Assembly.Location, Verb, service.AbsoluteUri, kind.ToString(), connections.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <summary>The process itself: floods until its input ends, then says how many connections it has made.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using (var self = Process.GetCurrentProcess())
            self.PriorityClass = ProcessPriorityClass.Idle;
        await using var flood = Flood.Start(new(arguments[0]), Enum.Parse<FloodKind>(arguments[1]), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        Console.WriteLine(flood.Opened);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        Opened = int.TryParse(await _process.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture, out var opened) ? opened : 0;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
