using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Verbs;

/// <summary>Tests the tests of the domain: changes its code in small ways and sees whether one of them fails. By command, because it takes long.</summary>
internal static class MutateVerb
{
    public static Command Create(Checkout checkout)
    {
        var only = new Option<string?>("--only") { Description = "One area: jurisdiction, clocks, matching, grants, validation." };
        var command = new Command("mutate", $"Changes the domain's code in small ways, and fails when its tests notice fewer than {MutationScore.Least} % of the changes to an area. It takes minutes.") { only };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(only), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, string? only, CancellationToken cancellationToken)
    {
        List<MutationRun> runs = [.. MutationRun.FindAll(checkout).Select(run => run.Of(only)).OfType<MutationRun>()];
        if (runs.Count == 0)
            throw new FormatException($"'{only}' is no area: './safeharbor help mutate' lists them.");
        if (!await RestoreAsync(checkout, cancellationToken))
            return 1;
        List<(string Area, Mutant Mutant)> mutants = [];
        foreach (var run in runs)
        {
            if (await run.RunAsync(checkout, cancellationToken) is not { } found)
                return 1;
            mutants.AddRange(found);
        }

        List<MutationScore> scores = [.. mutants.GroupBy(found => found.Area, found => found.Mutant, (area, found) => new MutationScore(area, [.. found])).OrderBy(score => score.Area, StringComparer.Ordinal)];
        var survivors = Path.Combine("artifacts", "mutation", "survivors.txt");
        await File.WriteAllLinesAsync(Path.Combine(checkout.Root, survivors),
            mutants.Where(found => found.Mutant.HasSurvived).Select(found => $"{found.Area} {found.Mutant.File}:{found.Mutant.Line} {found.Mutant.Text} ({found.Mutant.Status})"), cancellationToken);
        Console.WriteLine($"\n{MutationScore.Table(scores)}\n\nWhat no test noticed: {survivors}");
        return scores.TrueForAll(score => score.Suffices) ? 0 : 1;
    }

    private static async Task<bool> RestoreAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var restore = Process.Start(new ProcessStartInfo(DotnetHost.Path, ["tool", "restore"]) { WorkingDirectory = checkout.Root })!;
        using var ending = new KilledWhenLeft(restore);
        await restore.WaitForExitAsync(cancellationToken);
        return restore.ExitCode == 0;
    }
}
