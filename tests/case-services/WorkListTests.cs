using System.Text.Json;

namespace SafeHarbor.CaseServices.Tests;

/// <summary>The lists that counties and providers work by: what is due next first, and what they ask to see.</summary>
public sealed class WorkListTests : Stage
{
    private static readonly (string Name, string State, string Due, string Opened)[] Needs =
    [
        ("late", "UNFILLED", "now() - interval '1 second'", "'2020-01-02'"), ("soon", "OFFERED", "now() + interval '1 hour'", "'2020-01-03'"),
        ("same1", "ACCEPTED", "'2100-01-01'", "'2020-01-02'"), ("same2", "ACCEPTED", "'2100-01-01'", "'2020-01-02'"), ("same3", "ACCEPTED", "'2100-01-01'", "'2020-01-02'"),
        ("newer", "WAITING_FOR_COUNTY", "null", "'2020-01-02'"), ("older", "COMPLETED", "null", "'2020-01-01'"),
    ];

    private static readonly (string Name, string State, string Due, string Opened)[] Offers =
    [
        ("late", "OFFERED", "now() - interval '1 second'", "'2020-01-02'"), ("soon", "OFFERED", "now() + interval '1 hour'", "'2020-01-03'"),
        ("same1", "OFFERED", "'2100-01-01'", "'2020-01-02'"), ("same2", "OFFERED", "'2100-01-01'", "'2020-01-02'"),
        ("newer", "DECLINED", "null", "'2020-01-02'"), ("older", "EXPIRED", "null", "'2020-01-01'"),
    ];

    [Fact]
    public async Task Needs_come_by_what_is_due_next_and_are_found_by_what_a_worker_needs()
    {
        await BeginAsync();
        var names = await MakeAsync("needs", "correlation_id", "current_state", "opened_at", Needs);
        await Service.ScalarAsync<int>($"update needs set urgency = 'PROMPT', type = 'ADVOCATE', report_id = '{Guid.Empty}' where correlation_id = '{names.Keys.ElementAt(1)}'; select 1");

        foreach (var (query, expected) in new[]
        {
            ("", "late soon same1 same2 same3 newer older"), ("open=true", "late soon same1 same2 same3 newer"), ("open=false", "older"), ("overdue=true", "late"),
            ("overdue=false&state=UNFILLED", ""), ("state=OFFERED", "soon"), ("urgency=PROMPT", "soon"), ("type=ADVOCATE", "soon"), ($"reportId={Guid.Empty}", "soon"),
            ("since=2020-01-03T00:00:00Z", "soon"), ("since=2020-01-02T00:00:00Z&state=ACCEPTED", "same1 same2 same3"),
        })
            string.Join(' ', await ListAsync("county:06037", "handoffs.read", "/v1/needs", "needId", query, names)).ShouldBe(expected, query);
        (await ListAsync("state:ca", "handoffs.read", "/v1/needs", "needId", "", names)).ShouldBe(["late"], "the state sees what nobody was left for");
        (await ListAsync("county:06059", "handoffs.read", "/v1/needs", "needId", "open=true", names)).ShouldBeEmpty("what is another's is in no list");
    }

    [Fact]
    public async Task Offers_come_by_what_is_due_next_and_are_found_by_what_a_provider_needs()
    {
        await BeginAsync();
        var names = await MakeAsync("offers", "offer_id", "state", "made_at", Offers);
        await Service.ScalarAsync<int>($"update offers set urgency = 'PROMPT', type = 'ADVOCATE' where offer_id = '{names.Keys.ElementAt(1)}'; select 1");

        foreach (var (query, expected) in new[]
        {
            ("", "late soon same1 same2 newer older"), ("open=true", "late soon same1 same2"), ("open=false", "newer older"), ("overdue=true", "late"),
            ("overdue=false&open=true", "soon same1 same2"), ("state=EXPIRED", "older"), ("urgency=PROMPT", "soon"), ("type=ADVOCATE", "soon"), ("since=2020-01-03T00:00:00Z", "soon"),
        })
            string.Join(' ', await ListAsync("provider:a", "offers.act", "/v1/offers", "offerId", query, names)).ShouldBe(expected, query);
        (await ListAsync("provider:b", "offers.act", "/v1/offers", "offerId", "", names)).ShouldBeEmpty("what is another's is in no list");
    }

    [Fact]
    public async Task A_need_says_what_is_due_as_it_goes_on_and_the_database_holds_the_same()
    {
        await BeginAsync();
        var offered = (await AllAsync("/v1/needs", "county:06037", "handoffs.read")).Single();
        offered.GetProperty("dueAt").GetString().ShouldBe(offered.GetProperty("offer").GetProperty("expiresAt").GetString());
        await Service.SendAsync(HttpMethod.Post, $"/v1/offers/{offered.GetProperty("offer").GetProperty("offerId")}/accept", "provider:a", "offers.act");

        var accepted = (await AllAsync("/v1/needs?open=true&overdue=false", "county:06037", "handoffs.read")).Single();
        accepted.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(accepted.GetProperty("changedAt").GetDateTimeOffset().AddHours(2), TimeSpan.FromMilliseconds(1), "an emergency need's first contact");
        await Service.SendAsync(HttpMethod.Post, $"/v1/needs/{accepted.GetProperty("needId")}/engaged", "provider:a", "offers.act");

        (await AllAsync("/v1/needs", "county:06037", "handoffs.read")).Single().GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Service.ScalarAsync<long>("select count(*) from needs where due_at is null")).ShouldBe(1);
        (await Service.ScalarAsync<long>("select count(*) from offers where due_at is null")).ShouldBe(1);
    }

    /// <summary>One need that is offered, of which the tests make more.</summary>
    private async Task BeginAsync()
    {
        await ListAsync(Samples.Provider("a"));
        await Service.PublishAsync(Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER")));
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from offers") == 1, "an offer");
    }

    // What a due time follows from.
    private static string From(string table, string due) =>
        string.Join(", ", (table == "needs" ? "offer_expires_at contact_by state_since" : "expires_at").Split(' ').Select(column => $"'{column}', coalesce({due}, now())::timestamptz"));

    /// <summary>Rows like the one that is there, instead of it; ids are in the order of the list.</summary>
    private async Task<Dictionary<Guid, string>> MakeAsync(string table, string key, string state, string opened, (string Name, string State, string Due, string Opened)[] rows)
    {
        var names = rows.Index().ToDictionary(row => Guid.Parse($"{row.Index + 1:00000000}-0000-0000-0000-000000000000"), row => row.Item.Name);
        foreach (var (id, row) in names.Keys.Zip(rows))
        {
            await Service.ScalarAsync<int>($"""
                insert into {table} select (jsonb_populate_record(t, jsonb_build_object('{key}', '{id}', '{state}', '{row.State}', 'due_at', ({row.Due})::timestamptz, {From(table, row.Due)},
                    '{opened}', ({row.Opened})::timestamptz))).* from {table} t order by {key} desc limit 1; select 1
                """);
        }
        await Service.ScalarAsync<int>($"delete from {table} where {key}::text not like '%-0000-0000-0000-000000000000'; select 1");
        return names;
    }

    /// <summary>The names of all that follows the cursors, two a page.</summary>
    private async Task<IReadOnlyList<string>> ListAsync(string organization, string scope, string list, string id, string query, Dictionary<Guid, string> names)
    {
        var found = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var (status, page, _) = await Service.SendAsync(HttpMethod.Get, $"{list}?limit=2&{query}{after}", organization, scope);
            status.ShouldBe(200, $"{page}");
            found.Count.ShouldBeLessThan(20, "the pages come to an end");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => names[item.GetProperty(id).GetGuid()]));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }
        return found;
    }

    private async Task<IEnumerable<JsonElement>> AllAsync(string path, string organization, string scope) =>
        (await Service.SendAsync(HttpMethod.Get, path, organization, scope)).Body.GetProperty("items").EnumerateArray();
}
