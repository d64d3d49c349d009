using System.CommandLine;
using SafeHarbor.Local;

namespace SafeHarbor.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record Settings(TimeSpan WarmUp, TimeSpan Measured, TimeSpan Latency, TimeSpan Settle, int InFlight, int History, int Counties, int Flood, bool Json, bool Sealing)
{
    public static Command Command(Func<Settings, CancellationToken, Task<int>> run)
    {
        var warmUp = Seconds("--warmup", "Seconds of load before anything under load is measured.", 30);
        var seconds = Seconds("--seconds", "Seconds of throughput measured.", 60);
        var latency = Seconds("--latency-seconds", "Seconds of latency measured, at 10 journeys a second.", 60);
        var settle = new Option<int?>("--settle") { Description = "Seconds of rest before the idle services are measured; twice the warm-up when nothing is said." };
        var inFlight = new Option<int>("--in-flight") { Description = "Journeys under way at once.", DefaultValueFactory = _ => 64 };
        var history = new Option<int>("--history") { Description = "Measures a second time with so many old encounters in the databases." };
        var counties = new Option<int>("--counties") { Description = "Only what counties ask, with so many handoffs in the database." };
        var flood = new Option<int>("--flood") { Description = "Only how long a report takes while another address holds so many connections to intake." };
        var json = new Option<bool>("--json") { Description = "One line of JSON instead of a table." };
        var sealing = new Option<bool>("--sealing") { Description = "Only what sealing one report costs, without any server." };
        var command = LauncherCommand.CreateProgram(
            "bench", "Measures whole journeys through the public APIs of four services, on servers of their own (Linux).",
            warmUp, seconds, latency, settle, inFlight, history, counties, flood, json, sealing);
        command.SetAction((arguments, cancellation) => run(
            new(
                TimeSpan.FromSeconds(arguments.GetValue(warmUp)),
                TimeSpan.FromSeconds(arguments.GetValue(seconds)),
                TimeSpan.FromSeconds(arguments.GetValue(latency)),
                TimeSpan.FromSeconds(arguments.GetValue(settle) ?? 2 * arguments.GetValue(warmUp)),
                arguments.GetValue(inFlight),
                arguments.GetValue(history),
                arguments.GetValue(counties),
                arguments.GetValue(flood),
                arguments.GetValue(json),
                arguments.GetValue(sealing)),
            cancellation));
        return command;
    }

    private static Option<int> Seconds(string name, string description, int usual) => new(name) { Description = description, DefaultValueFactory = _ => usual };
}
