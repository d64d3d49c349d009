using System.Text.RegularExpressions;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The dialect that all services are written in, as functions that say what is not; by their sources.</summary>
internal static partial class DialectRules
{
    private static readonly string[] HiddenByFolders = ["Directory", "File", "Path", "Environment", "Console", "Buffer", "Version", "Type", "Action", "Index", "Range"];

    /// <summary>A route is mapped in the file of its use case.</summary>
    public static IEnumerable<string> HandlersOfOtherFiles(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from mapped in Mapped().Matches(source.Text)
        let type = mapped.Groups["type"].Value
        where !Regex.IsMatch(source.Text, $@"\bclass {type}\b")
        select $"{source.File} maps a handler of {type}";

    /// <summary>Every answer of an endpoint has a type, which the OpenAPI document shows.</summary>
    public static IEnumerable<string> AnswersWithoutAType(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        where source.Text.Contains("Task<IResult>", StringComparison.Ordinal) || Untyped().IsMatch(source.Text)
        select $"{source.File} answers with an IResult";

    /// <summary>Programs have one shape and fit on a screen.</summary>
    public static IEnumerable<string> ProgramsOfAnotherShape(IEnumerable<(string File, string Text)> programs) =>
        from program in programs
        from wanted in new[] { ".RunServiceAsync<", "builder.AddService<", "return builder.BuildService(routes =>" }
        where !program.Text.Contains(wanted, StringComparison.Ordinal) || program.Text.Count(c => c == '\n') > 45
        select $"{program.File} has another shape than the others: {wanted}";

    /// <summary>A name means one type; a type may be in several parts or have type parameters besides.</summary>
    public static IEnumerable<string> NamesOfSeveralTypes(IEnumerable<Type> types) =>
        from type in types
        where !type.IsNested && type.Name != "Program" && !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace?.StartsWith("SafeHarbor", StringComparison.Ordinal) == true
        group type by type.Name into same
        where same.Count() > 1
        select string.Join(" and ", same.Select(t => t.FullName));

    /// <summary>No folder takes a name away that the framework has.</summary>
    public static IEnumerable<string> FoldersThatHide(IEnumerable<string?> namespaces) =>
        namespaces.OfType<string>().Distinct().Where(ns => ns.Split('.').Any(HiddenByFolders.Contains));

    /// <summary>American spelling, as on every wire.</summary>
    public static IEnumerable<string> BritishWords(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from word in British().Matches(source.Text)
        select $"{source.File}: {word.Value}";

    /// <summary>
    /// A day is the state's: nobody takes the date of an instant as its sender, or the server, wrote it; what was converted is called local. The inbox's days are
    /// those of UTC.
    /// </summary>
    public static IEnumerable<string> DaysOfNoPlace(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        where !source.File.EndsWith("States/State.cs", StringComparison.Ordinal) && !source.File.EndsWith("SentTime.cs", StringComparison.Ordinal)
        from day in Day().Matches(source.Text)
        select $"{source.File}: {day.Value}";

    /// <summary>A state is data: outside of its folder nobody knows one, neither its name, its organizations, its codes nor its time zone.</summary>
    public static IEnumerable<string> StatesInCode(IEnumerable<(string File, string Text)> sources, IEnumerable<State> states) =>
        from source in sources
        from state in states
        from word in (string[])
        [
            state.Name.Split(" (")[0], state.Organization.Text, $"{Organization.Licensing}:{state.Code}", state.TimeZone.Id, $"\"{state.Code}\"", $"\"{state.AgencyIdentifiers.Prefix}\"",
            $"\"{state.FipsPrefix}\"", $"{state.FipsPrefix}%",
        ]
        where source.Text.Contains(word, StringComparison.Ordinal)
        select $"{source.File}: {word}";

    /// <summary>
    /// What is disposed at the end of its scope is disposed once. A connection's reader is handed to whoever gets the connection next: disposed a second time it
    /// would be taken from under their statement.
    /// </summary>
    public static IEnumerable<string> DisposedTwice(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from used in Used().Matches(source.Text)
        where source.Text.IndexOf($"await {used.Groups["name"].Value}.DisposeAsync()", used.Index, StringComparison.Ordinal) >= 0
        select $"{source.File}: {used.Groups["name"].Value}";

    /// <summary>The names of all problems that are answered with.</summary>
    public static IEnumerable<string> ProblemsOf(IEnumerable<(string File, string Text)> sources) =>
        sources.SelectMany(source => NamedProblem().Matches(source.Text)).Select(match => match.Groups["name"].Value).Distinct();

    /// <summary>Notices are built in one place.</summary>
    public static IEnumerable<string> NoticesBuiltByHand(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        where !source.File.EndsWith("NoticeBuilder.cs", StringComparison.Ordinal) && source.Text.Contains("new NoticeRequested", StringComparison.Ordinal)
        select source.File;

    [GeneratedRegex(@"\b(?:Of\(\s*(?:StatusCodes\.\w+|status),|Conflict\(|Unprocessable\(|Forbidden\()\s*""(?<name>[a-z-]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedProblem();

    [GeneratedRegex(@"await using \(?var (?<name>\w+) =")]
    private static partial Regex Used();

    [GeneratedRegex(@"DateOnly\.FromDateTime|\.(DateTime|LocalDateTime)\b(?!\()|\b(DateTime|DateTimeOffset)\.(Today|Now)\b|(?<!NpgsqlDbType|local|header\?)\.(Date|TimeOfDay|DayOfWeek|DayOfYear)\b(?!\()")]
    private static partial Regex Day();

    [GeneratedRegex(@"\.Map(Get|Post|Put|Patch|Delete)\([^()]*,\s*(?<type>[A-Z]\w*)\.\w+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Mapped();

    [GeneratedRegex(@"\.Map(Get|Post|Put|Patch|Delete)\([^;]*\(IResult\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Untyped();

    [GeneratedRegex(@"\w*([Oo]rganis|[Ll]icenc|[Nn]eighbour|[Bb]ehaviour|[Cc]olour|(?<!para|dia)[Mm]etres?\b|[Ss]erialis|[Nn]ormalis|[Rr]ecognis)\w*", RegexOptions.ExplicitCapture)]
    private static partial Regex British();
}
