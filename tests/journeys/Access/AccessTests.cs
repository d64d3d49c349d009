using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Journeys.Tests.Access;

/// <summary>An installation in which whoever has no grant is refused soon, because very many are.</summary>
public sealed class WorldThatRefusesSoon : World
{
    public WorldThatRefusesSoon()
    {
        Environment["Disclosure__WaitForGrant"] = "00:00:00.020";
        // Each call is tried on an endpoint of its own.
        Environment["Delivery__EndpointsPerOrganization"] = "1000";
    }
}

/// <summary>docs/access.md against the running services: what is not listed is denied, and what is denied looks like what does not exist.</summary>
public sealed partial class AccessTests(WorldThatRefusesSoon world) : IClassFixture<WorldThatRefusesSoon>, IDisposable
{
    private static readonly IReadOnlyList<AccessRow> Table = AccessTable.Rows;
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_table_lists_the_endpoints_of_the_running_services_with_their_scopes_and_organizations_and_no_others()
    {
        foreach (var service in ServiceKind.All)
        {
            var document = await _http.GetFromJsonAsync<JsonElement>(new Uri(world.Installation[service].Address, "/openapi/v1.json"), Cancellation);
            var served = (from path in document.GetProperty("paths").EnumerateObject()
                          from operation in path.Value.EnumerateObject()
                          select Described(operation.Name.ToUpperInvariant(), path.Name, ScopesOf(operation.Value), OrganizationsOf(operation.Value))).ToList();
            // What is open need not be described: the other test asks for it.
            var listed = from row in Table
                         let described = Described(row.Method.Method, row.Path, row.Scopes, row.Organizations)
                         where row.Service == service && (!row.IsOpen || served.Contains(described))
                         select described;

            listed.ShouldBe(served, ignoreOrder: true, service.Name);
        }
    }

    [Fact]
    public async Task Every_caller_gets_at_every_endpoint_what_the_table_says()
    {
        Table.Count.ShouldBeGreaterThan(ServiceKind.All.Count * 7);
        var records = await Records.PlayAsync(world);
        var callers = new Callers(world.Installation.Keys, AccessTable.Scopes);
        var wrong = new List<string>();

        foreach (var row in Table)
        {
            if (row.IsOpen)
            {
                if ((await SendAsync(row, row.Path, null, null)).Status != 200)
                    wrong.Add($"{row} is not open");
                continue;
            }

            var id = await records.IdAsync(row);
            // Whoever may, comes last: it may change the record.
            foreach (var caller in callers.For(row).OrderBy(caller => MayDo(row, caller, records)))
                if (await ProblemAsync(row, caller, records, MayDo(row, caller, records) ? await records.IdAsync(row) : id) is { } problem)
                    wrong.Add($"{row} as {caller.Description}: {problem}");
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, wrong));
    }

    private static bool MayDo(AccessRow row, TestCaller caller, Records records) =>
        caller.IsKnown && row.Admits(caller.Organization, caller.Scopes) && records.Has(caller.Organization, row.Relation);

    /// <summary>What is wrong with the answers to a caller; null when they are as the table says.</summary>
    private async Task<string?> ProblemAsync(AccessRow row, TestCaller caller, Records records, string id)
    {
        var body = row.Method == HttpMethod.Get || row.Method == HttpMethod.Delete ? null : records.Body(row);
        var real = await SendAsync(row, Placeholder().Replace(row.Path, id), caller.Token, body);
        var absent = row.NamesRecord ? await SendAsync(row, Placeholder().Replace(row.Path, Records.AbsentId(row)), caller.Token, body) : real;

        if (!caller.IsKnown)
            return Denied(401, real, absent, caller.Challenge);
        if (!row.Admits(caller.Organization, caller.Scopes))
            return Denied(403, real, absent, row.Admits(caller.Organization, AccessTable.Scopes) ? [.. row.Scopes.Select(Missing)] : []);
        if (MayDo(row, caller, records))
        {
            return real.Status is 401 or 403 or 404 or >= 500 ? $"may, but gets {real}"
                : row.NamesRecord && absent.Status != 404 ? $"a record that does not exist is answered {absent}"
                : row.IsList && !real.Body.Contains(id, StringComparison.Ordinal) ? "does not find its own record in the list"
                : null;
        }

        if (!row.IsList)
            return Denied(int.Parse(row.Without, CultureInfo.InvariantCulture), real, absent);
        return real.Status != 200 ? $"gets {real} instead of a list"
            : real.Body.Contains(id, StringComparison.Ordinal) ? "finds the record in the list"
            : null;
    }

    private static string? Denied(int status, Given real, Given absent, params IEnumerable<string> challenges) =>
        real.Status != status ? $"gets {real} instead of {status}"
        : real.Challenges != string.Join('\n', challenges.Order()) ? $"is challenged by {real}"
        : real != absent ? $"can tell a record that exists ({real}) from one that does not ({absent})"
        : null;

    private static string Missing(IEnumerable<string> scopes) => $"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', scopes)}\"";

    private async Task<Given> SendAsync(AccessRow row, string path, string? token, object? body)
    {
        using var request = new HttpRequestMessage(row.Method, new Uri(world.Installation[row.Service].Address, path));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, Cancellation);
        var headers = from header in answer.Headers.Concat(answer.Content.Headers)
                      where header.Key != "Date"
                      orderby header.Key
                      select $"{header.Key}: {string.Join(", ", header.Value)}";
        var challenges = answer.Headers.WwwAuthenticate.Select(challenge => challenge.ToString()).Order();
        return new((int)answer.StatusCode, string.Join('\n', challenges), string.Join('\n', headers), TraceId().Replace(await answer.Content.ReadAsStringAsync(Cancellation), "\"traceId\":\"\""));
    }

    private static string Described(string method, string path, IEnumerable<IEnumerable<string>> scopes, IEnumerable<string> organizations) =>
        $"{method} {path}: {string.Join(" or ", scopes.Select(all => string.Join(' ', all.Order())).Order())}, for {string.Join(' ', organizations.Order())}";

    private static IEnumerable<IEnumerable<string>> ScopesOf(JsonElement operation) => operation.TryGetProperty("security", out var security)
        ? security.EnumerateArray().Select(one => one.GetProperty("bearer").EnumerateArray().Select(scope => scope.GetString()!))
        : [];

    private static IEnumerable<string> OrganizationsOf(JsonElement operation) =>
        operation.TryGetProperty("x-organizations", out var organizations) ? organizations.EnumerateArray().Select(word => word.GetString()!) : [];

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    /// <summary>An answer as the caller sees it, without what differs from request to request.</summary>
    private sealed record Given(int Status, string Challenges, string Headers, string Body)
    {
        public override string ToString() => $"{Status} {Headers.ReplaceLineEndings("; ")} {Body}";
    }
}
