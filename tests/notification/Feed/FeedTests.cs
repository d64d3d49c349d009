using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Feed;

/// <summary>Who polls and has no endpoint is told all the same, and is known to be when it reads on.</summary>
public sealed class FeedTests : ServiceTest
{
    [Fact]
    public async Task Who_reads_its_feed_is_reached_without_an_endpoint_and_has_what_it_reads_past()
    {
        var app = await StartAsync();
        var start = await ReadAsync(app, "");
        var (first, second) = (Installation.Request(), Installation.Request());
        await Installation.PublishAsync(app, Cancellation, first);
        await Installation.EventuallyAsync($"select count(*) from notices where id = '{first.NoticeId}' and state = 'IN_FEED'", 1L, Cancellation);
        await Installation.PublishAsync(app, Cancellation, second);
        await Installation.EventuallyAsync($"select count(*) from notices where id = '{second.NoticeId}' and state = 'IN_FEED'", 1L, Cancellation);

        var page = await ReadAsync(app, $"?after={start.Next}");
        page.Ids.ShouldBe([first.NoticeId, second.NoticeId]);
        await Installation.EventuallyAsync("select count(*) from notices where state = 'IN_FEED'", 2L, Cancellation);

        await ReadAsync(app, $"?after={page.Next}");
        foreach (var request in new[] { first, second })
        {
            var report = (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem();
            (report.Type, report.Body.GetProperty("attempts").GetInt32()).ShouldBe(("notice.delivered.v1", 0));
        }
        await ReadAsync(app, $"?after={page.Next}");
        await ReadAsync(app, "");
        (await OutcomeAsync(first.NoticeId, "DELIVERED")).Count.ShouldBe(1, "once, however often it is read");
    }

    [Fact]
    public async Task What_an_endpoint_does_not_take_is_delivered_when_it_is_read()
    {
        Receiver.FailFirst(int.MaxValue, 500);
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await Installation.EventuallyAsync($"select count(*) from notices where id = '{request.NoticeId}' and state = 'FAILING'", 1L, Cancellation);

        await ReadAsync(app, $"?after={(await ReadAsync(app, "")).Next}");

        (await OutcomeAsync(request.NoticeId, "DELIVERED")).Select(report => report.Type).ShouldBe(["notice.failing.v1", "notice.delivered.v1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_stops_reading_is_silent_and_whoever_asked_is_told()
    {
        Installation.Settings["Delivery:FeedSilentAfter"] = "00:00:01";
        var app = await StartAsync();
        await ReadAsync(app, "");
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);

        var report = (await OutcomeAsync(request.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem();

        (report.Type, report.Body.GetProperty("reason").GetString()).ShouldBe(("notice.undeliverable.v1", "FEED_SILENT"));
        var late = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, late);
        (await OutcomeAsync(late.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem().Body.GetProperty("reason").GetString().ShouldBe("NO_ENDPOINT", "nobody has read for as long");
    }

    [Fact]
    public async Task More_than_one_batch_that_was_read_past_is_delivered_whole()
    {
        var app = await StartAsync();
        await ReadAsync(app, "");
        await Installation.PublishAsync(app, Cancellation, [.. Enumerable.Range(0, 201).Select(_ => Installation.Request())]);
        await Installation.EventuallyAsync("select count(*) from notices where state = 'IN_FEED'", 201L, Cancellation);

        var page = await ReadAsync(app, "?limit=200");
        page = await ReadAsync(app, $"?limit=200&after={page.Next}");
        await ReadAsync(app, $"?after={page.Next}");

        await Installation.EventuallyAsync("select count(*) from notices where state = 'DELIVERED'", 201L, Cancellation);
        await Installation.EventuallyAsync("select read_to from feed_readers", 201L, Cancellation);
    }

    private async Task<(IReadOnlyList<Guid> Ids, string Next)> ReadAsync(WebApplication app, string query)
    {
        using var client = Installation.Client(app, County);
        var page = await client.GetFromJsonAsync<JsonElement>($"/v1/feed{query}", Cancellation);
        return ([.. page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetGuid())], page.GetProperty("next").GetString()!);
    }
}
