using System.CommandLine;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Verbs;

internal static class TestVerb
{
    private const int ProjectsAtOnce = 2;

    public static Command Create(Checkout checkout)
    {
        var filter = new Argument<string?>("filter") { Description = "Part of a test's class or method name.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("test", "Builds everything and runs every test, with servers of its own.") { filter };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(filter), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, string? filter, CancellationToken cancellationToken)
    {
        if (!await TestProject.BuildAllAsync(checkout, cancellationToken))
            return 1;

        await ServerPair.StopAbandonedAsync(checkout);
        await using var held = await HeldServers.StartAsync(checkout, cancellationToken);
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.WriteLine, cancellationToken);
        Console.WriteLine(servers.Origin);
        var results = new List<TestCounts>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ProjectsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(TestProject.FindAll(checkout), parallel, async (project, token) =>
        {
            var result = await project.RunAsync(servers, filter, token);
            lock (results)
            {
                results.Add(result);
                Console.WriteLine($"{project.Name}: {result}");
            }
        });

        var total = results.Aggregate(new TestCounts(0, 0, 0), (sum, result) => sum + result);
        foreach (var broken in results.Where(result => result.Broken))
            Console.WriteLine("A test project ended without saying how its tests went; its output is above.");
        if (filter is not null && total is { Passed: 0, Failed: 0, Skipped: 0 })
            Console.WriteLine($"No test's class or method name holds '{filter}'.");
        Console.WriteLine($"{total.Passed} passed, {total.Failed} failed, {total.Skipped} skipped");
        return total is { Passed: > 0, Failed: 0 } ? 0 : 1;
    }
}
