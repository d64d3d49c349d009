using System.CommandLine;
using SafeHarbor.Chaos.Faults;
using SafeHarbor.Local;

namespace SafeHarbor.Chaos;

/// <summary>What a run is asked for.</summary>
internal sealed record ChaosSettings
{
    /// <summary>At least so many; they go on for as long as faults are left.</summary>
    public required int Journeys { get; init; }

    public required int Faults { get; init; }

    /// <summary>Decides which faults come in which order against what, and which journeys.</summary>
    public required int Seed { get; init; }

    /// <summary>Journeys begun per second.</summary>
    public required double Rate { get; init; }

    /// <summary>One line of JSON on standard output, everything else on standard error.</summary>
    public required bool Json { get; init; }

    /// <summary>Kinds of fault to draw from; all when empty.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>One kind of each family of faults, another with the next seed.</summary>
    public required bool InTurn { get; init; }

    /// <summary>The names of the kinds to draw from.</summary>
    public IReadOnlySet<string> Kinds => (InTurn ? FaultKind.InTurn(Seed) : FaultKind.All).Select(kind => kind.Name)
        .Where(name => Only.Count == 0 || Only.Contains(name)).ToHashSet();

    // What a fault takes with its recovery and the pause after it, on average.
    private const double SecondsPerFault = 16;

    public static Command Command(Func<ChaosSettings, CancellationToken, Task<int>> run)
    {
        var journeys = new Option<int>("--journeys") { Description = "Journeys at least; they go on for as long as faults are left.", DefaultValueFactory = _ => 300 };
        var faults = new Option<int>("--faults") { Description = "Faults; with sixteen or more, each kind at least once.", DefaultValueFactory = _ => 16 };
        var seed = new Option<int?>("--seed") { Description = "Decides which faults come in which order against what." };
        var rate = new Option<double?>("--rate") { Description = "Journeys begun per second; so many that they last as long as the faults when not given." };
        var json = new Option<bool>("--json") { Description = "Print the result as one line of JSON, and everything else on standard error." };
        var only = new Option<string[]>("--only") { Description = $"Only this kind of fault; may be repeated. One of {string.Join(", ", FaultKind.Names.Select(kind => kind.Name))}." };
        var inTurn = new Option<bool>("--in-turn") { Description = "Of each family of faults (processes, servers, connections, receivers, messages) one kind, another with the next seed." };
        only.AcceptOnlyFromAmong([.. FaultKind.Names.Select(kind => kind.Name)]);
        var command = LauncherCommand.CreateProgram(
            "chaos", "Breaks servers, services and connections while journeys go on, and proves that nothing was lost or done twice.",
            journeys, faults, seed, rate, json, only, inTurn);
        command.SetAction((arguments, cancellation) => run(new()
        {
            Journeys = arguments.GetValue(journeys),
            Faults = arguments.GetValue(faults),
            Seed = arguments.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
            Rate = arguments.GetValue(rate) ?? Math.Clamp(arguments.GetValue(journeys) / (Math.Max(1, arguments.GetValue(faults)) * SecondsPerFault), 0.5, 10),
            Json = arguments.GetValue(json),
            Only = arguments.GetValue(only) ?? [],
            InTurn = arguments.GetValue(inTurn),
        }, cancellation));
        return command;
    }
}
