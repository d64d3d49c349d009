using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Testing;

/// <summary>Code that is changed in small ways, and the tests of which one must fail each time: a file <c>tests/mutation/AREA.json</c>, or <c>AREA.PROJECT.json</c> for an area in several projects.</summary>
/// <param name="File">Its path. Stryker reads from it which project and which files are changed.</param>
/// <param name="Tests">The test project's directory below <c>tests/</c>.</param>
/// <param name="Compile">The files in it that are built and run, and no others: none of them needs a server.</param>
internal sealed record MutationRun(string File, string Tests, IReadOnlyList<string> Compile)
{
    private sealed record Settings(string Tests, IReadOnlyList<string> Compile);

    public string Name => Path.GetFileNameWithoutExtension(File);

    /// <summary>What the score is of.</summary>
    public string Area => Name.Split('.')[0];

    /// <summary>Every run, by name.</summary>
    public static IReadOnlyList<MutationRun> FindAll(Checkout checkout) =>
        [.. Directory.GetFiles(Path.Combine(checkout.Root, "tests", "mutation"), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Runs it.</summary>
    /// <returns>Every change and what became of it; null when it could not be run, which was said on standard output.</returns>
    public async Task<IReadOnlyList<Mutant>?> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var (tests, output) = (Path.Combine(checkout.Root, "tests", Tests), Path.Combine(checkout.Root, "artifacts", "mutation", Name));
        var report = Path.Combine(output, "reports", "mutation-report.json");
        System.IO.File.Delete(report);
        // What is built is a configuration of its own: nothing else ever runs changed code.
        string[] arguments = ["stryker", "--config-file", File, "--test-runner", "mtp", "--configuration", "Mutation", "--reporter", "json", "--skip-version-check", "--output", output];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = tests };
        // Its runner filters no tests: tests/Directory.Build.props leaves out what is not to run.
        start.Environment["MutationTestsOf"] = Path.GetFileNameWithoutExtension(Directory.GetFiles(tests, "*.csproj").Single());
        start.Environment["MutationTests"] = string.Join(';', Compile);
        var stryker = Process.Start(start)!;
        using var ending = new KilledWhenLeft(stryker);
        await stryker.WaitForExitAsync(cancellationToken);
        return System.IO.File.Exists(report) ? Mutant.Read(await System.IO.File.ReadAllTextAsync(report, cancellationToken), checkout.Root) : null;
    }

    private static MutationRun Read(string file)
    {
        var settings = JsonSerializer.Deserialize<Settings>(System.IO.File.ReadAllText(file), JsonSerializerOptions.Web)!;
        return new(file, settings.Tests, settings.Compile);
    }
}
