using System.Diagnostics;
using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Testing;

/// <summary>Code of a project that is changed in small ways, and the tests of which one must fail each time: a file of <c>tests/mutation</c>.</summary>
/// <param name="Project">The project file's name.</param>
/// <param name="Tests">The directory of its test project, below <c>tests/</c>.</param>
/// <param name="Compile">The files there that are built and run, and no others: none of them needs a server.</param>
/// <param name="Areas">The files of the project that are changed, by the area that they belong to.</param>
internal sealed record MutationRun(string Project, string Tests, IReadOnlyList<string> Compile, IReadOnlyDictionary<string, IReadOnlyList<string>> Areas)
{
    /// <summary>Every run.</summary>
    public static IReadOnlyList<MutationRun> FindAll(Checkout checkout) =>
    [
        .. Directory.GetFiles(Path.Combine(checkout.Root, "tests", "mutation"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<MutationRun>(File.ReadAllText(file), JsonSerializerOptions.Web)!),
    ];

    /// <summary>The same, of one area; the whole without one. Null when there is none of it here.</summary>
    public MutationRun? Of(string? area) => area is null ? this : Areas.TryGetValue(area, out var files) ? this with { Areas = new Dictionary<string, IReadOnlyList<string>> { [area] = files } } : null;

    /// <summary>Runs it.</summary>
    /// <returns>Every change by its area, and what became of it; null when it could not be run, which was said on standard output.</returns>
    public async Task<IReadOnlyList<(string Area, Mutant Mutant)>?> RunAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var (tests, output) = (Path.Combine(checkout.Root, "tests", Tests), Path.Combine(checkout.Root, "artifacts", "mutation", Project));
        var report = Path.Combine(output, "reports", "mutation-report.json");
        if (File.Exists(report))
            File.Delete(report);
        // A configuration of its own is built: nothing else ever runs changed code.
        string[] arguments = ["stryker", "--project", Project, .. Areas.Values.SelectMany(files => files).SelectMany(file => new[] { "--mutate", $"**/{file}" }),
            "--test-runner", "mtp", "--configuration", "Mutation", "--reporter", "json", "--skip-version-check", "--output", output];
        var start = new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = tests };
        // Its runner filters no tests: tests/Directory.Build.props leaves out what is not to run.
        start.Environment["MutationTestsOf"] = Path.GetFileNameWithoutExtension(Directory.GetFiles(tests, "*.csproj").Single());
        start.Environment["MutationTests"] = string.Join(';', Compile);
        var stryker = Process.Start(start)!;
        using var ending = new KilledWhenLeft(stryker);
        await stryker.WaitForExitAsync(cancellationToken);
        if (!File.Exists(report))
            return null;
        var mutants = Mutant.Read(await File.ReadAllTextAsync(report, cancellationToken), checkout.Root);
        return [.. Areas.SelectMany(area => mutants.Where(mutant => area.Value.Any(mutant.IsIn)), (area, mutant) => (area.Key, mutant))];
    }
}
