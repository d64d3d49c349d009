using System.Net.Http.Json;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Endpoints;

/// <summary>Who changes where notices go is on the ledger.</summary>
public sealed class LedgerTests : ServiceTest
{
    [Fact]
    public async Task What_is_done_to_an_endpoint_is_on_the_ledger_in_its_own_transaction_and_what_is_refused_is_not()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        using var client = Installation.Client(app, County);
        using var stranger = Installation.Client(app, "county:06059");

        client.DefaultRequestHeaders.Add("If-Match", "*");
        (await client.PatchAsJsonAsync($"/v1/endpoints/{id}", new { state = "DISABLED" }, Cancellation)).EnsureSuccessStatusCode();
        (await client.PostAsync($"/v1/endpoints/{id}/enable", null, Cancellation)).EnsureSuccessStatusCode();
        (await client.PostAsync($"/v1/endpoints/{id}/rotate-secret", null, Cancellation)).EnsureSuccessStatusCode();
        (await client.PostAsJsonAsync($"/v1/endpoints/{id}/recover", new { since = DateTimeOffset.UtcNow.AddDays(-1) }, Cancellation)).EnsureSuccessStatusCode();
        (await stranger.PatchAsJsonAsync($"/v1/endpoints/{id}", new { state = "DISABLED" }, Cancellation)).IsSuccessStatusCode.ShouldBeFalse();
        (await client.DeleteAsync($"/v1/endpoints/{id}", Cancellation)).EnsureSuccessStatusCode();

        (await Installation.ScalarAsync<string>($"select string_agg(action, ' ' order by entry_id) from ledger where about = '{id}' and organization = '{County}' and subject = 'duty-desk'", Cancellation))
            .ShouldBe("endpoint.registered endpoint.changed endpoint.changed endpoint.secret-rotated endpoint.recovered endpoint.deleted");
        (await Installation.ScalarAsync<long>("select count(*) from ledger where organization = 'county:06059'", Cancellation)).ShouldBe(0);
        await Installation.EventuallyAsync("select count(*) from ledger_links", 6L, Cancellation);
    }
}
