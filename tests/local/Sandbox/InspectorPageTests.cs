using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafeHarbor.Local.Sandbox;

namespace SafeHarbor.Local.Tests.Sandbox;

public sealed class InspectorPageTests
{
    private const string Body = """{"type":"org.safeharbor.handoff.opened.v1"}""";
    private static readonly DateTimeOffset At = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void The_signature_is_checked_against_the_secret_that_was_told_with_the_time_at_which_it_came()
    {
        var secret = "whsec_" + Convert.ToBase64String(Key);

        InspectorPage.Of([(Webhook(Body), secret)], "http://here").ShouldContain(">valid<");
        InspectorPage.Of([(Webhook(Body) with { Body = "{}" }, secret)], "http://here").ShouldContain("INVALID");
        InspectorPage.Of([(Webhook(Body) with { At = At.AddHours(1) }, secret)], "http://here").ShouldContain("INVALID");
        InspectorPage.Of([(Webhook(Body), null)], "http://here").ShouldContain("not checked");
    }

    [Fact]
    public void Nothing_that_came_is_taken_for_a_part_of_the_page()
    {
        var page = InspectorPage.Of([(Webhook("<script>") with { To = "<b>", Headers = [new("x", "<i>")] }, null)], "http://here");

        foreach (var tag in new[] { "<script>", "<b>", "<i>" })
            page.ShouldNotContain(tag);
        page.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public void The_newest_come_first_and_only_so_many_are_kept()
    {
        var inspected = new Inspected();
        for (var i = 0; i < 250; i++)
            inspected.Add(Webhook(i.ToString(CultureInfo.InvariantCulture)));

        inspected.Newest.Select(shown => shown.Webhook.Body).ShouldBe(Enumerable.Range(50, 200).Reverse().Select(i => i.ToString(CultureInfo.InvariantCulture)));
    }

    private static ReceivedWebhook Webhook(string body)
    {
        var time = At.ToUnixTimeSeconds();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"m1.{time}.{body}")));
        return new("my-system", At, [new("Webhook-Id", "m1"), new("webhook-timestamp", $"{time}"), new("webhook-signature", "v1," + signature)], body, 204);
    }
}
