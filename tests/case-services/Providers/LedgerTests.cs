namespace SafeHarbor.CaseServices.Tests.Providers;

/// <summary>Who changes the directory, and who looks at needs and offers, is on the ledger.</summary>
public sealed class LedgerTests : Stage
{
    [Fact]
    public async Task The_directorys_changes_are_on_the_ledger_and_what_is_refused_is_not()
    {
        var (_, _, etag) = await Service.SendAsync(HttpMethod.Post, "/v1/providers", "county:06037", "providers.write", Samples.Provider("new"));
        await Service.SendAsync(HttpMethod.Put, "/v1/providers/new/capacity", "provider:new", "capacity.write", new { available = new Dictionary<string, int> { ["EMERGENCY_SHELTER"] = 2 } });
        await Service.SendAsync(HttpMethod.Put, "/v1/providers/new", "county:06037", "providers.write", Samples.Provider("new"), ("If-Match", "\"7\""));
        await Service.SendAsync(HttpMethod.Put, "/v1/providers/new", "county:06037", "providers.write", Samples.Provider("new"), ("If-Match", etag!));

        (await EntriesAsync("about = 'new'")).ShouldBe("directory.changed county:06037, capacity.reported provider:new, directory.changed county:06037");
        (await Service.ScalarAsync<string>("select facts -> 'available' ->> 'EMERGENCY_SHELTER' from ledger where action = 'capacity.reported'")).ShouldBe("2");
    }

    [Fact]
    public async Task An_offer_is_on_the_ledger_from_the_first_look_at_it_to_the_end_of_its_need()
    {
        await ListAsync(Samples.Provider("a"));
        var opened = Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER"));
        await Service.PublishAsync(opened);
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from offers") == 1, "an offer");
        var (offer, need) = (await Service.ScalarAsync<string>("select offer_id::text from offers"), opened.Child.Needs[0].NeedId);

        foreach (var (method, path) in new[] { (HttpMethod.Get, "offers"), (HttpMethod.Get, $"offers/{offer}"), (HttpMethod.Post, $"offers/{offer}/accept"),
            (HttpMethod.Get, "needs"), (HttpMethod.Get, $"needs/{need}"), (HttpMethod.Post, $"needs/{need}/engaged"), (HttpMethod.Post, $"needs/{need}/completed") })
            (await Service.SendAsync(method, $"/v1/{path}", "provider:a", "offers.act")).Status.ShouldBe(200, path);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/offers/{offer}", "provider:b", "offers.act")).Status.ShouldBe(404);

        (await EntriesAsync("true")).ShouldBe("offers.listed provider:a, offer.read provider:a, offer.accepted provider:a, "
            + "needs.listed provider:a, need.read provider:a, need.engaged provider:a, need.completed provider:a");
        (await Service.ScalarAsync<long>($"select count(*) from ledger where report_id = '{opened.ReportId}'")).ShouldBe(5, "all but the lists name the report");
        (await Service.ScalarAsync<string>("select tier from ledger where action = 'offer.read'")).ShouldBe("T0");
    }

    private Task<string> EntriesAsync(string where) =>
        Service.ScalarAsync<string>($"select string_agg(action || ' ' || organization, ', ' order by entry_id) from ledger where {where}");
}
