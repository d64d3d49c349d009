using System.Globalization;
using System.Text.Json;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests;

/// <summary>From the message on the bus to the webhook and back to the bus, with real servers and a real receiver.</summary>
public sealed class DeliveryTests : ServiceTest
{
    [Fact]
    public async Task A_notice_is_delivered_once_signed_and_reported()
    {
        var app = await StartAsync();
        var (_, secret) = await RegisterAsync(app, Receiver.Url("/hook?county=06037"));
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        var webhook = (await Receiver.WaitAsync(1, Cancellation)).ShouldHaveSingleItem();
        webhook.Signature.ShouldBe(Expected(secret, webhook));
        webhook.ContentType.ShouldBe("application/cloudevents+json");
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(webhook.Timestamp, CultureInfo.InvariantCulture));
        (webhook.At - sent).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(5));
        var body = JsonDocument.Parse(webhook.Body).RootElement;
        body.GetProperty("type").GetString().ShouldBe("org.safeharbor.handoff.opened.v1");
        body.GetProperty("data").GetProperty("handoffId").GetGuid().ShouldBe(request.Subject);

        var report = (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem();
        report.Type.ShouldBe("notice.delivered.v1");
        report.Body.GetProperty("requestedBy").GetGuid().ShouldBe(request.RequestedBy);
        report.Body.GetProperty("encounterId").GetGuid().ShouldBe(request.EncounterId);
        report.Body.GetProperty("attempts").GetInt32().ShouldBe(1);
        Receiver.All.Count.ShouldBe(1);
    }
}
