using System.Text.RegularExpressions;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.TestServers;

namespace SafeHarbor.Journeys.Tests.Access;

/// <summary>A row of docs/access.md.</summary>
/// <param name="Service">One service; rows for every service are several.</param>
/// <param name="Method">The endpoint's method.</param>
/// <param name="Path">Its path as in the OpenAPI document.</param>
/// <param name="Scopes">Alternatives, of which one must be there whole; empty for an endpoint that is open to everybody.</param>
/// <param name="Organizations">Kinds; all when empty.</param>
/// <param name="Relation">What the caller's organization must have to do with the record.</param>
/// <param name="Without">What callers without the relation get: <c>404</c>, <c>403</c>, <c>left out</c> of a list, or <c>–</c> where there is no such caller.</param>
internal sealed record AccessRow(ServiceKind Service, HttpMethod Method, string Path, IReadOnlyList<IReadOnlyList<string>> Scopes,
    IReadOnlyList<string> Organizations, string Relation, string Without)
{
    public bool IsOpen => Scopes.Count == 0;

    /// <summary>Whether the path names one record.</summary>
    public bool NamesRecord => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether it answers with the records that the caller has the relation to.</summary>
    public bool IsList => Without == "left out";

    /// <summary>The kind of record that it is about: <c>handoffs</c>, <c>reports</c>.</summary>
    public string Collection => Path.Split('/')[2];

    public bool Admits(string organization, IReadOnlyCollection<string> scopes) =>
        organization.Length > 0
        && Scopes.Any(all => all.All(scopes.Contains))
        && (Organizations.Count == 0 || Organizations.Contains(organization.Split(':')[0]))
        && (organization.Split(':')[0] != "state" || organization == TestStates.California.Organization.Text);

    public override string ToString() => $"{Service.Name} {Method} {Path}";
}

/// <summary>The table of docs/access.md.</summary>
internal static partial class AccessTable
{
    private const string Open = "none, open";

    public static IReadOnlyList<AccessRow> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(Checkout.Find().Root, "docs", "access.md"));
        return [.. lines.Select(line => Row().Match(line)).Where(row => row.Success).SelectMany(RowsOf)];
    }

    /// <summary>Every scope that opens something.</summary>
    public static IReadOnlyList<string> ScopesIn(IEnumerable<AccessRow> table) => [.. table.SelectMany(row => row.Scopes).SelectMany(scopes => scopes).Distinct()];

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

    [GeneratedRegex(
        @"\A\| (?<service>[a-z-]+) \| `(?<method>[A-Z]+) (?<path>/\S*)` \|(?<scopes>[^|]+)\|(?<organizations>[^|]+)\|(?<relation>[^|]+)\|(?<without>[^|]+)\|\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
