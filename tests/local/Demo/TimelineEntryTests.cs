using System.Text.Json;
using SafeHarbor.Local.Demo;

namespace SafeHarbor.Local.Tests.Demo;

public sealed class TimelineEntryTests
{
    [Theory]
    [InlineData("handoff.opened.v1", """{"handoffId":"h1","organization":"county:06037","role":"RESPONDER"}""", "handoff.opened", "county:06037 RESPONDER", "h1")]
    [InlineData("offer.made.v1", """{"needId":"n1","offerId":"o1","provider":"harbor-house"}""", "offer.made", "harbor-house", "o1")]
    [InlineData("disclosure.granted.v1", """{"grantId":"g1","organization":"county:06037","tier":"COUNTY"}""", "disclosure.granted", "county:06037 COUNTY", "r1")]
    [InlineData("encounter.reported.v1", "{}", "encounter.reported", "", null)]
    public void A_line_ends_with_the_id_that_the_apis_take(string type, string data, string shown, string facts, string? id)
    {
        var entry = TimelineEntry.Read(JsonSerializer.SerializeToElement(new { at = "2026-11-29T10:00:00Z", type, reportId = "r1", data = JsonDocument.Parse(data).RootElement }));

        (entry.Type, entry.Facts, entry.Id).ShouldBe((shown, facts, id));
        entry.ToString().ShouldEndWith(id is null ? shown : $" {id}");
    }
}
