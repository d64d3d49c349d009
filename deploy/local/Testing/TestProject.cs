using System.Diagnostics;
using System.Xml.Linq;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Testing;

/// <summary>A built test program below <c>tests/</c>.</summary>
internal sealed record TestProject(string Name, string Assembly)
{
    public static IEnumerable<TestProject> FindAll(Checkout checkout) =>
        from file in Directory.GetFiles(Path.Combine(checkout.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
        where !XDocument.Load(file).Descendants("IsTestSupport").Any(element => element.Value == "true")
        let name = Path.GetFileNameWithoutExtension(file)
        orderby name
        select new TestProject(name, checkout.BuiltAssembly(name));

    public static async Task<bool> BuildAllAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        Console.WriteLine("Building everything ...");
        var start = new ProcessStartInfo(DotnetHost.Path, ["build", "SafeHarbor.sln", "-c", "Release", "-v", "quiet", "-nologo", "-clp:NoSummary"]) { WorkingDirectory = checkout.Root };
        using var build = Process.Start(start)!;
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0;
    }

    /// <summary>Runs it and shows what it says about failures as it says it.</summary>
    public async Task<TestCounts> RunAsync(ServerPair servers, string? filter, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [Assembly, "--progress", "off", "--no-ansi", .. Filter(filter)]) { RedirectStandardOutput = true };
        foreach (var (name, value) in servers.AsEnvironment())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        await using var ending = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("failed ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal) && !IsSummary(line))
                Console.WriteLine(line);
        }

        await process.WaitForExitAsync(cancellationToken);
        var result = TestCounts.Read(lines, process.ExitCode);
        if (result.Broken)
            Console.WriteLine(string.Join(Environment.NewLine, lines.Prepend($"{Name} ended with exit code {process.ExitCode}:")));
        return result;
    }

    private static string[] Filter(string? filter) => filter is null ? [] : ["--filter-method", $"*{filter}*"];

    private static bool IsSummary(string line) =>
        line.Split(':')[0].Trim() is "total" or "failed" or "succeeded" or "skipped" or "duration" or "error";
}
