using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Notification.Tests.Running;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>A notice is told only to who can show that it is whom the organization named.</summary>
public sealed class TlsTests : ServiceTest
{
    [Theory]
    [InlineData("the operator's own authority", true)]
    [InlineData("another authority", false)]
    [InlineData("the operator's own, expired", false)]
    [InlineData("the operator's own, but none is set", false)]
    public async Task A_webhook_goes_to_who_shows_a_certificate_of(string signer, bool delivered)
    {
        using var ours = new TestAuthority(signer.EndsWith("expired", StringComparison.Ordinal) ? DateTimeOffset.UtcNow.AddDays(-40) : null);
        using var another = new TestAuthority();
        await using var receiver = await Receiver.StartAsync(Cancellation, (signer == "another authority" ? another : ours).Authority.Server("receiver"));
        if (!signer.EndsWith("set", StringComparison.Ordinal))
            Installation.Settings["Webhooks:AuthorityFile"] = ours.File;
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, receiver.Url());
        using var client = Installation.Client(app, County);

        using var response = await client.PostAsync($"/v1/endpoints/{id}/test", null, Cancellation);

        var tested = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        tested.GetProperty("delivered").GetBoolean().ShouldBe(delivered, tested.ToString());
        tested.GetProperty("error").GetString().ShouldBe(delivered ? null : "TLS");
        receiver.All.Count.ShouldBe(delivered ? 1 : 0);
    }

    [Fact]
    public async Task An_endpoint_that_was_registered_when_less_was_asked_is_told_nothing_without_TLS()
    {
        Installation.Settings["environment"] = "Staging";
        Installation.Settings["PublicAddress"] = "https://notification.example";
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, "https://notices.example.org/hook");
        await LeadAsync(app, id, Receiver.Url());
        using var client = Installation.Client(app, County);

        using var response = await client.PostAsync($"/v1/endpoints/{id}/test", null, Cancellation);

        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error").GetString().ShouldBe("NOT_HTTPS");
        Receiver.All.ShouldBeEmpty();
    }
}
