using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Tests.Tokens;

/// <summary>The scopes that docs/access.md gives to a kind of organization, held against what its table opens to that kind.</summary>
public sealed class AccessTableTests
{
    // It opens nothing: it adds to what a county reads.
    private const string Adds = "reporter.read";

    public static TheoryData<string> Kinds => [.. AccessTable.ScopesByKind.Keys];

    [Fact]
    public void Every_kind_of_organization_has_scopes() =>
        AccessTable.ScopesByKind.Keys.ShouldBe(AskedToken.Kinds.Split(", ").Select(form => form.Split(':')[0]), ignoreOrder: true);

    [Fact]
    public void Every_scope_that_an_endpoint_asks_for_is_some_kinds() =>
        AccessTable.Scopes.ShouldBe(AccessTable.Rows.SelectMany(row => row.Scopes).SelectMany(set => set).Append(Adds).Distinct(), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_scopes_of_a_kind_open_all_that_the_kind_may_call_and_none_of_them_is_idle(string kind)
    {
        var scopes = AccessTable.ScopesByKind[kind];
        var open = AccessTable.Rows.Where(row => !row.IsOpen && row.AdmitsKind(kind)).ToList();

        open.Where(row => !row.AdmitsScopes(scopes)).ShouldBeEmpty();
        foreach (var scope in scopes.Where(scope => scope != Adds))
            open.ShouldContain(row => !row.AdmitsScopes(scopes.Where(other => other != scope).ToList()), $"{scope} opens nothing to {kind} that the others do not");
        scopes.Contains(Adds).ShouldBe(kind == "county");
    }
}
