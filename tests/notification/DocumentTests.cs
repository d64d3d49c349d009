using System.Text.Json.Nodes;
using SafeHarbor.Notification.Tests.Running;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests;

public sealed class DocumentTests : ServiceTest
{
    [Fact]
    public async Task What_the_document_shows_can_be_sent_and_is_answered_as_it_says()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        async Task<JsonNode?> Sent(string operation, object? id = null, string? ifMatch = null)
        {
            var (body, differences) = await DocumentedApi.Operation("notification", operation).SendAsync(client, id, Cancellation, ifMatch);
            differences.ShouldBeEmpty();
            return body;
        }

        var id = (await Sent("registerEndpoint"))!["endpointId"]!.GetValue<Guid>();
        await Sent("testEndpoint", id);
        var challenge = DocumentedApi.Operation("notification", "confirmEndpoint").Example!["challenge"];
        await Installation.ExecuteAsync($"update endpoints set challenge_hash = sha256('{challenge}'), challenged_at = now()", Cancellation);
        await Sent("confirmEndpoint", id);
        await Sent("recoverEndpoint", id);
        await Sent("changeEndpoint", id, "\"2\"");
        await Sent("enableEndpoint", id);
        await Sent("rotateSecret", id);
        await Sent("getEndpoint", id);
        await Sent("listEndpoints");
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await Installation.EventuallyAsync("select count(*) from notices where number is not null", 1L, Cancellation);
        await Sent("readFeed");
        var notice = (await Sent("listNotices"))!["items"]![0]!["noticeId"]!.GetValue<Guid>();
        await Sent("getNotice", notice);
        await Sent("resendNotice", notice);
        await Sent("deleteEndpoint", id);
    }
}
