using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>The argument <c>packs</c> with the names of files: says what is wrong with each, and serves nobody.</summary>
internal static class PackCheck
{
    /// <summary>Writes a line for each problem, and one for each file without any. The process ends with 1 when a file cannot be published.</summary>
    public static async Task RunAsync(WebApplication app, IEnumerable<string> files)
    {
        var map = app.Services.GetRequiredService<CountyMap>();
        var isWrong = false;
        foreach (var file in files)
        {
            var problems = ProblemsOf(file, map);
            isWrong |= problems.Count > 0;
            foreach (var problem in problems)
                await Console.Out.WriteLineAsync($"{file}: {problem}");
            if (problems.Count == 0)
                await Console.Out.WriteLineAsync($"{file}: can be published.");
        }
        Environment.ExitCode = isWrong ? 1 : 0;
    }

    private static IReadOnlyList<string> ProblemsOf(string file, CountyMap map)
    {
        try
        {
            return PackFiles.Problems(File.ReadAllText(file), map);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return ["Cannot be read. Give the name of a file, from the working copy's root."];
        }
    }
}
