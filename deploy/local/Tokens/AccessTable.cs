using System.Text.RegularExpressions;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tokens;

/// <summary>The tables of docs/access.md, as the launcher was built with it.</summary>
public static partial class AccessTable
{
    private const string Open = "none, open";
    private static readonly string[] Lines = Read();

    /// <summary>Every endpoint.</summary>
    public static IReadOnlyList<AccessRow> Rows { get; } = [.. Lines.Select(line => Row().Match(line)).Where(row => row.Success).SelectMany(RowsOf)];

    /// <summary>The scopes that an organization of a kind needs for all that is open to it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ScopesByKind { get; } = new Dictionary<string, IReadOnlyList<string>>(
        from line in Lines
        let row = KindRow().Match(line)
        where row.Success
        from kind in Words(row.Groups["kinds"].Value)
        select KeyValuePair.Create<string, IReadOnlyList<string>>(kind, Words(row.Groups["scopes"].Value)));

    /// <summary>Every scope there is.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [.. ScopesByKind.Values.SelectMany(scopes => scopes).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<AccessRow> RowsOf(Match row)
    {
        string Cell(string name) => row.Groups[name].Value.Trim();

        IReadOnlyList<IReadOnlyList<string>> scopes = Cell("scopes") == Open ? [] : [.. Cell("scopes").Split(" or ").Select(Words)];
        return from service in ServiceKind.All
               where Cell("service") == "every" || Cell("service") == service.Name
               select new AccessRow(service, new HttpMethod(Cell("method")), Cell("path"), scopes,
                   Cell("organizations") == "all" ? [] : Words(Cell("organizations")), Cell("relation"), Cell("without"));
    }

    private static string[] Words(string cell) => cell.Replace("`", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Read()
    {
        using var text = new StreamReader(typeof(AccessTable).Assembly.GetManifestResourceStream("access.md")!);
        return text.ReadToEnd().Split('\n');
    }

    [GeneratedRegex(
        @"\A\| (?<service>[a-z-]+) \| `(?<method>[A-Z]+) (?<path>/\S*)` \|(?<scopes>[^|]+)\|(?<organizations>[^|]+)\|(?<relation>[^|]+)\|(?<without>[^|]+)\|\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"\A\| (?<kinds>(`[a-z]+` )+)\| (?<scopes>(`[a-z]+\.[a-z]+` )+)\|\z", RegexOptions.ExplicitCapture)]
    private static partial Regex KindRow();
}
