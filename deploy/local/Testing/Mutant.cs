using System.Globalization;
using System.Text.Json;

namespace SafeHarbor.Local.Testing;

/// <summary>A small change of the code.</summary>
/// <param name="File">Path in the checkout, with slashes.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Text">What stands there instead.</param>
/// <param name="Status">What became of it, as Stryker calls it.</param>
internal sealed record Mutant(string File, int Line, string Text, string Status)
{
    /// <summary>A test has failed, or has not come to an end.</summary>
    public bool IsKilled => Status is "Killed" or "Timeout";

    /// <summary>No test has noticed.</summary>
    public bool HasSurvived => Status is "Survived" or "NoCoverage";

    /// <summary>It is in this file of its project.</summary>
    public bool IsIn(string file) => File.EndsWith($"/{file}", StringComparison.Ordinal);

    /// <summary>Every change of a report in the form of mutation-testing-elements, but for those that were never tried, such as what does not compile.</summary>
    public static IReadOnlyList<Mutant> Read(string report, string root)
    {
        using var document = JsonDocument.Parse(report);
        return
        [
            .. from file in document.RootElement.GetProperty("files").EnumerateObject()
               from mutant in file.Value.GetProperty("mutants").EnumerateArray()
               let found = new Mutant(Path.GetRelativePath(root, Path.GetFullPath(file.Name, root)).Replace('\\', '/'), mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32(),
                   $"{mutant.GetProperty("mutatorName").GetString()}: {mutant.GetProperty("replacement").GetString()?.ReplaceLineEndings(" ")}", mutant.GetProperty("status").GetString()!)
               where found.IsKilled || found.HasSurvived
               select found,
        ];
    }
}

/// <summary>How many changes of an area's code its tests notice.</summary>
/// <param name="Area">The area.</param>
/// <param name="Mutants">The changes.</param>
internal sealed record MutationScore(string Area, IReadOnlyList<Mutant> Mutants)
{
    /// <summary>An area of which fewer are noticed, in percent, is not tested well enough.</summary>
    public const double Least = 80;

    public int Killed => Mutants.Count(mutant => mutant.IsKilled);

    /// <summary>In percent.</summary>
    public double Percent => Mutants.Count == 0 ? 0 : 100.0 * Killed / Mutants.Count;

    public bool Suffices => Percent >= Least;

    /// <summary>One line for each, under a heading.</summary>
    public static string Table(IEnumerable<MutationScore> scores) => string.Join('\n',
    [
        $"{"area",-16}{"mutants",9}{"killed",9}{"survived",10}{"score",9}",
        .. scores.Select(score => string.Create(CultureInfo.InvariantCulture,
            $"{score.Area,-16}{score.Mutants.Count,9}{score.Killed,9}{score.Mutants.Count - score.Killed,10}{score.Percent,7:0.0} %{(score.Suffices ? "" : $"  less than {Least} %")}")),
    ]);
}
