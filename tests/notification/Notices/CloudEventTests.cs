using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Notices;

/// <summary>The whole body, so that nothing can be added to it unnoticed.</summary>
public sealed class CloudEventTests
{
    private static Links LinksTo(string? routing = null) =>
        new(Options.Create(new LinkSettings { Services = routing is null ? [] : new() { ["county-routing"] = routing } }));

    [Theory]
    [InlineData("handoff.opened.v1", "handoffId", "/v1/handoffs/")]
    [InlineData("handoff.escalated.v1", "handoffId", "/v1/handoffs/")]
    [InlineData("offer.made.v1", "offerId", "/v1/offers/")]
    [InlineData("need.unfilled.v1", "needId", "/v1/needs/")]
    [InlineData("need.unengaged.v1", "needId", "/v1/needs/")]
    [InlineData("need.not-known-yet.v1", "needId", "/v1/needs/")]
    [InlineData("desk.not-known-yet.v1", "deskItemId", "/v1/desk/")]
    [InlineData("jurisdiction.undetermined.v1", "deskItemId", "/v1/desk/")]
    public void A_notice_says_ids_urgency_due_time_and_link_and_nothing_else(string type, string member, string path)
    {
        var request = Installation.Request(type: type);

        var body = JsonNode.Parse(Encoding.UTF8.GetString(CloudEvent.Of(Notice.From(request), LinksTo("https://routing.example/")).ToBytes()));

        JsonNode.DeepEquals(body, new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = request.NoticeId.ToString(),
            ["source"] = "county-routing",
            ["type"] = "org.safeharbor." + type,
            ["subject"] = request.Subject.ToString(),
            ["time"] = "2026-11-21T07:10:00+00:00",
            ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject
            {
                ["noticeId"] = request.NoticeId.ToString(),
                ["encounterId"] = request.EncounterId.ToString(),
                ["reportId"] = request.ReportId.ToString(),
                [member] = request.Subject.ToString(),
                ["urgency"] = "IMMEDIATE",
                ["dueAt"] = "2026-11-21T07:40:00+00:00",
                ["link"] = "https://routing.example" + path + request.Subject,
            },
        }).ShouldBeTrue(body!.ToJsonString());
    }

    [Theory]
    [InlineData("need.unengaged.v1", "case-services", "https://cases.example/v1/needs/")]
    [InlineData("jurisdiction.undetermined.v1", "county-routing", "/v1/desk/")]
    public void A_link_leads_to_the_service_that_asked_and_is_a_path_when_its_address_is_not_configured(string type, string source, string start)
    {
        var notice = Notice.From(Installation.Request(type: type) with { Source = source });
        var links = new Links(Options.Create(new LinkSettings { Services = new() { ["case-services"] = "https://cases.example" } }));

        CloudEvent.Of(notice, links).Data.Link.ShouldBe(start + notice.Subject);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var notice = Notice.From(Installation.Request(type: "unheard-of.happened.v1") with { ReportId = null, DueAt = null });

        var data = JsonNode.Parse(Encoding.UTF8.GetString(CloudEvent.Of(notice, LinksTo()).ToBytes()))!["data"]!.AsObject();

        data.Select(member => member.Key).ShouldBe(["noticeId", "encounterId", "urgency"]);
    }

    [Fact]
    public void The_same_notice_gives_the_same_bytes()
    {
        var notice = Notice.From(Installation.Request());

        CloudEvent.Of(notice, LinksTo()).ToBytes().ShouldBe(CloudEvent.Of(notice, LinksTo()).ToBytes());
    }
}
