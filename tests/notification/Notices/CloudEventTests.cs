using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Notices;

/// <summary>The whole body, so that nothing can be added to it unnoticed.</summary>
public sealed class CloudEventTests
{
    [Theory]
    [InlineData(SubjectKinds.Handoff, "handoffId")]
    [InlineData(SubjectKinds.Offer, "offerId")]
    [InlineData(SubjectKinds.Need, "needId")]
    [InlineData(SubjectKinds.DeskItem, "deskItemId")]
    [InlineData(SubjectKinds.Node, "nodeId")]
    [InlineData(SubjectKinds.EmergencyAccess, "emergencyAccessId")]
    [InlineData(SubjectKinds.UnusualReading, "unusualReadingId")]
    public void A_notice_says_ids_urgency_due_time_and_link_and_nothing_else(string subject, string member)
    {
        var request = Installation.Request(subject: subject);

        var body = JsonNode.Parse(Encoding.UTF8.GetString(CloudEvent.Of(Notice.From(request)).ToBytes()));

        JsonNode.DeepEquals(body, new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = request.NoticeId.ToString(),
            ["source"] = "county-routing",
            ["type"] = "org.safeharbor.handoff.opened.v1",
            ["subject"] = request.Subject.ToString(),
            ["time"] = "2026-11-21T07:10:00.000Z",
            ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject
            {
                ["noticeId"] = request.NoticeId.ToString(),
                ["encounterId"] = request.EncounterId.ToString(),
                ["reportId"] = request.ReportId.ToString(),
                [member] = request.Subject.ToString(),
                ["urgency"] = "IMMEDIATE",
                ["dueAt"] = "2026-11-21T07:40:00.000Z",
                ["link"] = request.Link,
            },
        }).ShouldBeTrue(body!.ToJsonString());
    }

    [Fact]
    public void A_sandboxs_says_that_it_is_a_test() =>
        JsonNode.Parse(Encoding.UTF8.GetString((CloudEvent.Of(Notice.From(Installation.Request())) with { Test = true }).ToBytes()))!["test"]!.GetValue<bool>().ShouldBeTrue();

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var notice = Notice.From(Installation.Request(subject: "NOT_KNOWN_YET") with { ReportId = null, DueAt = null });

        var data = JsonNode.Parse(Encoding.UTF8.GetString(CloudEvent.Of(notice).ToBytes()))!["data"]!.AsObject();

        data.Select(member => member.Key).ShouldBe(["noticeId", "encounterId", "urgency", "link"]);
    }

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, "docs", "schemas", "samples", "notice.v1"))];

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_receivers_were_shown_is_what_is_sent(string sample)
    {
        var shown = JsonNode.Parse(File.ReadAllText(sample));

        var sent = JsonNode.Parse(shown.Deserialize(CloudEventJson.Default.CloudEvent)!.ToBytes());

        JsonNode.DeepEquals(sent, shown).ShouldBeTrue(sent!.ToJsonString());
    }

    [Fact]
    public void The_same_notice_gives_the_same_bytes()
    {
        var notice = Notice.From(Installation.Request());

        CloudEvent.Of(notice).ToBytes().ShouldBe(CloudEvent.Of(notice).ToBytes());
    }
}
