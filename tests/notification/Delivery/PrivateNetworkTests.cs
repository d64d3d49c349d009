using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>Outside Development nobody reaches our own network through us, whatever a name resolves to.</summary>
public sealed class PrivateNetworkTests : ServiceTest
{
    [Fact]
    public async Task A_name_that_resolves_to_this_machine_is_not_connected_to()
    {
        Installation.Settings["environment"] = "Staging";
        Installation.Settings["PublicAddress"] = "https://notification.example";
        Installation.Settings["Delivery:GiveUpAfter"] = "00:00:00.100";
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, "https://notices.example.org/hook");
        // Registration would refuse it; a name could resolve to it only later.
        await LeadAsync(app, id, Receiver.Url().Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal));
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        (await Installation.ScalarAsync<string>("select max(error) from journal", Cancellation)).ShouldBe("ADDRESS_REFUSED");
        Receiver.All.ShouldBeEmpty();
    }
}
