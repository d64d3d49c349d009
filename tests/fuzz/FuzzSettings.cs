using System.CommandLine;
using SafeHarbor.Local;

namespace SafeHarbor.Fuzz;

/// <summary>What a run is asked for.</summary>
internal sealed record FuzzSettings
{
    /// <summary>How long doors are knocked at.</summary>
    public required int Seconds { get; init; }

    /// <summary>Decides what is sent.</summary>
    public required int Seed { get; init; }

    /// <summary>Only operations whose id holds one of these; all when empty.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Adds to the corpus what was answered as nothing before.</summary>
    public required bool Keep { get; init; }

    public static Command Command(Func<FuzzSettings, CancellationToken, Task<int>> run)
    {
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };
        var seed = new Option<int?>("--seed") { Description = "Decides what is sent." };
        var only = new Option<string[]>("--only") { Description = "Only operations whose id holds this text; may be repeated." };
        var keep = new Option<bool>("--keep") { Description = "Add to tests/fuzz/corpus what was answered as nothing before." };
        var command = LauncherCommand.CreateProgram(
            "fuzz", "Sends what nobody should send to every operation of every service, and proves that each says what is wrong with it.", seconds, seed, only, keep);
        command.SetAction((arguments, cancellation) => run(new()
        {
            Seconds = arguments.GetValue(seconds),
            Seed = arguments.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
            Only = arguments.GetValue(only) ?? [],
            Keep = arguments.GetValue(keep),
        }, cancellation));
        return command;
    }
}
