using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Testing;

/// <summary>A built test program below <c>tests/</c>.</summary>
/// <param name="Name">The project.</param>
/// <param name="Assembly">The program.</param>
/// <param name="Seconds">About how long it takes, as the project's <c>TestSeconds</c> says.</param>
internal sealed record TestProject(string Name, string Assembly, int Seconds = 0)
{
    /// <summary>All of them, those that take longest first, so that none of them is left over at the end.</summary>
    public static IReadOnlyList<TestProject> FindAll(Checkout checkout) =>
    [
        .. from file in Directory.GetFiles(Path.Combine(checkout.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
           let project = XDocument.Load(file)
           where !project.Descendants("IsTestSupport").Any(element => element.Value == "true")
           let name = Path.GetFileNameWithoutExtension(file)
           let seconds = project.Descendants("TestSeconds").FirstOrDefault()?.Value ?? "0"
           let found = new TestProject(name, checkout.BuiltAssembly(name), int.Parse(seconds, CultureInfo.InvariantCulture))
           orderby found.Seconds descending, name
           select found,
    ];

    /// <summary>Without what all of them have in common.</summary>
    public string ShortName => Name.Replace("SafeHarbor.", "", StringComparison.Ordinal).Replace(".Tests", "", StringComparison.Ordinal);

    /// <summary>Runs it.</summary>
    /// <param name="filter">Which of its tests: <c>CLASS.METHOD</c>, with an asterisk for anything at either end; null for all.</param>
    /// <param name="environment">What it is told besides.</param>
    /// <param name="result">Told of each test as it ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it says of all of them, and everything that it wrote.</returns>
    public async Task<(TestCounts Counts, IReadOnlyList<string> Output)> RunAsync(
        string? filter, IReadOnlyDictionary<string, string> environment, Action<EndedTest> result, CancellationToken cancellationToken)
    {
        string[] options = ["--progress", "off", "--no-ansi", "--output", "detailed", "--show-stdout", "failed", "--show-stderr", "failed"];
        var start = new ProcessStartInfo(DotnetHost.Path, [Assembly, .. options, .. filter is null ? [] : new[] { "--filter-method", filter }]) { RedirectStandardOutput = true };
        // Hexadecimal, as the runtime reads it: ten seconds until it begins to count calls, for code that is worth compiling again. A process of the tests ends
        // before that pays, and each service that they start takes a third less processor time.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "2710";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        using var ending = new KilledWhenLeft(process);
        var (lines, output) = (new List<string>(), new TestOutput(result));
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            output.Read(line);
        }

        output.Close();
        await process.WaitForExitAsync(cancellationToken);
        return (TestCounts.Read(lines, process.ExitCode), lines);
    }
}
