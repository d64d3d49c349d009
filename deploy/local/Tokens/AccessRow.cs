using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tokens;

/// <summary>A row of docs/access.md.</summary>
/// <param name="Service">One service; rows for every service are several.</param>
/// <param name="Method">The endpoint's method.</param>
/// <param name="Path">Its path as in the OpenAPI document.</param>
/// <param name="Scopes">Alternatives, of which one must be there whole; empty for an endpoint that is open to everybody.</param>
/// <param name="Organizations">Kinds; all when empty.</param>
/// <param name="Relation">What the caller's organization must have to do with the record; <c>any</c> when nothing.</param>
/// <param name="Without">What callers without the relation get: <c>404</c>, <c>403</c>, <c>left out</c> of a list, or <c>–</c> where there is no such caller.</param>
public sealed record AccessRow(ServiceKind Service, HttpMethod Method, string Path, IReadOnlyList<IReadOnlyList<string>> Scopes,
    IReadOnlyList<string> Organizations, string Relation, string Without)
{
    public bool IsOpen => Scopes.Count == 0;

    /// <summary>Whether the path names one record.</summary>
    public bool NamesRecord => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>Whether it answers with the records that the caller has the relation to.</summary>
    public bool IsList => Without == "left out";

    /// <summary>The kind of record that it is about: <c>handoffs</c>, <c>reports</c>.</summary>
    public string Collection => Path.Split('/')[2];

    /// <summary>Whether organizations of this kind may call it with the right scopes.</summary>
    public bool AdmitsKind(string kind) => Organizations.Count == 0 || Organizations.Contains(kind);

    /// <summary>Whether these scopes suffice.</summary>
    public bool AdmitsScopes(IReadOnlyCollection<string> scopes) => Scopes.Any(all => all.All(scopes.Contains));

    /// <summary>Whether a token of this organization with these scopes may call it, whatever record it asks for.</summary>
    /// <param name="organization">Empty when the token names none in the right form.</param>
    /// <param name="scopes">What the token carries.</param>
    public bool Admits(string organization, IReadOnlyCollection<string> scopes) =>
        organization.Split(':') is [var kind, _]
        && AdmitsScopes(scopes)
        && AdmitsKind(kind)
        && (kind != Contracts.Organization.State || organization == HomeState.Current.Organization.Text);

    public override string ToString() => $"{Service.Name} {Method} {Path}";
}
