using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Verbs;

internal static class TestVerb
{
    // Two keep two cores busy, each running as many tests as there are cores; with three the whole took as long, and everything in it waited.
    private const int ProjectsAtOnce = 2;

    public static Command Create(Checkout checkout)
    {
        var filter = new Argument<string?>("filter") { Description = "Part of a test's class or method name.", Arity = ArgumentArity.ZeroOrOne };
        var changed = new Option<bool>("--changed") { Description = "Run only the projects that are touched by what this branch and the working copy change against main." };
        var command = new Command("test", "Builds everything and runs every test, with servers of its own. What fails runs once more, alone; passing then, it is told as flaky.")
        {
            filter, changed,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(filter), arguments.GetValue(changed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, string? filter, bool changed, CancellationToken cancellationToken)
    {
        var projects = TestProject.FindAll(checkout);
        if (changed)
        {
            var touched = ProjectGraph.Read(checkout.Root).TouchedBy(await ChangedFiles.FindAsync(checkout.Root, cancellationToken));
            projects = [.. projects.Where(project => touched.Contains(project.Name))];
            Console.WriteLine(projects.Count == 0 ? "No test project is touched by what has changed against main." : $"Touched: {string.Join(", ", projects.Select(project => project.ShortName))}");
            if (projects.Count == 0)
                return 0;
        }
        if (!await Build.RunAsync(checkout, "SafeHarbor.sln", Console.WriteLine, cancellationToken))
            return 1;

        await ServerPair.StopAbandonedAsync(checkout);
        await using var held = await HeldServers.StartAsync(checkout, cancellationToken);
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.WriteLine, cancellationToken);
        Console.WriteLine(servers.Origin);
        var clock = Stopwatch.StartNew();
        var artifacts = Path.Combine(checkout.Root, "artifacts");
        var progress = new TestProgress(Console.Out, live: !Console.IsOutputRedirected, () => clock.Elapsed);
        var run = new TestRun(servers.AsEnvironment(), progress, Path.Combine(artifacts, "tests")) { AtOnce = ProjectsAtOnce };
        var summary = await run.RunAsync(projects, filter, cancellationToken);
        progress.Clear();
        await summary.KeepFlakyAsync(Path.Combine(artifacts, "flaky.txt"), cancellationToken);
        if (filter is not null && summary.Counts is { Passed: 0, Failed: 0, Skipped: 0 })
            Console.WriteLine($"No test's class or method name holds '{filter}'.");
        if (filter is null && !changed)
            Console.WriteLine("Left to CI, because it needs Node and package sources: linting docs/api (.ci/contract), making clients of it and testing the one in TypeScript (.ci/clients).");
        foreach (var line in summary.Lines())
            Console.WriteLine(line);
        return summary.Succeeded ? 0 : 1;
    }
}
