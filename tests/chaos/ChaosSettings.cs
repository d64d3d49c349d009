using System.CommandLine;

namespace SafeHarbor.Chaos;

/// <summary>What a run is asked for.</summary>
/// <param name="Journeys">At least so many; they go on for as long as faults are left.</param>
/// <param name="Faults">How many.</param>
/// <param name="Seed">Decides which faults come in which order against what, and which journeys.</param>
/// <param name="Rate">Journeys begun per second.</param>
/// <param name="Json">One line of JSON on standard output, everything else on standard error.</param>
internal sealed record ChaosSettings(int Journeys, int Faults, int Seed, double Rate, bool Json)
{
    // What a fault takes with its recovery and the pause after it, on average.
    private const double SecondsPerFault = 17.5;

    public static RootCommand Command(Func<ChaosSettings, CancellationToken, Task<int>> run)
    {
        var journeys = new Option<int>("--journeys") { Description = "Journeys at least; they go on for as long as faults are left.", DefaultValueFactory = _ => 300 };
        var faults = new Option<int>("--faults") { Description = "Faults; with fifteen or more, each kind at least once.", DefaultValueFactory = _ => 15 };
        var seed = new Option<int?>("--seed") { Description = "Decides which faults come in which order against what." };
        var rate = new Option<double?>("--rate") { Description = "Journeys begun per second; so many that they last as long as the faults when not given." };
        var json = new Option<bool>("--json") { Description = "Print the result as one line of JSON, and everything else on standard error." };
        var only = new Option<string[]>("--only") { Description = "Only these kinds of fault." };
        var command = new RootCommand("Breaks servers, services and connections while journeys go on, and proves that nothing was lost or done twice.")
        {
            journeys, faults, seed, rate, json, only,
        };
        command.SetAction((arguments, cancellation) =>
        {
            var (wanted, count) = (arguments.GetValue(journeys), arguments.GetValue(faults));
            return run(new(
                wanted, count,
                arguments.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
                arguments.GetValue(rate) ?? Math.Clamp(wanted / (Math.Max(1, count) * SecondsPerFault), 0.5, 10),
                arguments.GetValue(json)) { Only = arguments.GetValue(only) ?? [] }, cancellation);
        });
        return command;
    }

    /// <summary>Kinds to draw from; all when empty.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}
