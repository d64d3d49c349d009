using Microsoft.Extensions.Time.Testing;
using static SafeHarbor.Client.Tests.ScriptedServer;

namespace SafeHarbor.Client.Tests;

public sealed class FollowingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_happens_between_two_questions_is_lost()
    {
        await using var server = await StartAsync(Answers(200, Samples.View("a", 1, 2)), Refuses(503, "unavailable"), HangsUp, Answers(200, Samples.View("b", 3)), Answers(200, Samples.View("c", 4, 5)));

        var seen = await SeeAsync(server.Intake().FollowEncounterAsync(Samples.Encounter, cancellationToken: Cancellation), 5);

        seen.Select(news => news.Line.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        server.Requests.Select(request => request.Target).Distinct().ShouldBe(
            [$"/v1/encounters/{Samples.Encounter}?wait=30", $"/v1/encounters/{Samples.Encounter}?after=a&wait=30", $"/v1/encounters/{Samples.Encounter}?after=b&wait=30"]);
    }

    [Fact]
    public async Task Whoever_resumes_after_a_restart_gets_what_was_not_handled()
    {
        await using var server = await StartAsync(Answers(200, Samples.View("a", 1)), Answers(200, Samples.View("b", 2, 3)));

        var seen = await SeeAsync(server.Intake().FollowEncounterAsync(Samples.Encounter, cancellationToken: Cancellation), 3);

        seen.Select(news => news.Resume).ShouldBe(["a", "a", "b"], "after the second the third is still to come, so both come again");
    }

    [Fact]
    public async Task A_service_that_stops_and_does_not_wait_is_not_asked_without_pause()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(Answers(200, Samples.View("a")), Answers(200, Samples.View("b", 1)));
        await using var news = server.Intake(Samples.Hurried with { Time = time }).FollowEncounterAsync(Samples.Encounter, cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);

        var first = news.MoveNextAsync().AsTask();
        while (!first.IsCompleted)
        {
            server.Requests.Count.ShouldBeLessThanOrEqualTo(time.GetUtcNow() - time.Start < TimeSpan.FromSeconds(1) ? 1 : 2);
            time.Advance(TimeSpan.FromMilliseconds(100));
            // While an answer is on its way the client's time does not run so far that the client gives it up.
            await Task.Delay(5, Cancellation);
        }

        (await first).ShouldBeTrue();
        news.Current.Line.Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_is_read_to_its_end_page_by_page_as_it_is_needed()
    {
        await using var server = await StartAsync(Answers(200, Page("a", 2)), Answers(200, Page("b", 2)), Answers(200, Page(null, 1)));

        var first = await SeeAsync(server.Intake().ListEncountersAsync(cancellationToken: Cancellation), 1);
        server.Requests.Select(request => request.Target).ShouldBe(["/v1/encounters"]);
        first.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_ends_where_nothing_follows()
    {
        await using var server = await StartAsync(Answers(200, Page("a", 2)), Answers(200, Page("b", 0)), Answers(200, Page(null, 1)));

        var all = await SeeAsync(server.Intake().ListEncountersAsync(cancellationToken: Cancellation), 100);

        all.Count.ShouldBe(3);
        server.Requests.Select(request => request.Target).ShouldBe(["/v1/encounters", "/v1/encounters?after=a", "/v1/encounters?after=b"]);
    }

    [Fact]
    public async Task A_feed_goes_on_behind_its_end()
    {
        const string Notice = """
            {"specversion":"1.0","id":"1","source":"/county-routing","type":"org.safeharbor.handoff.opened.v1","subject":"s","time":"2026-11-21T07:10:00Z",
             "datacontenttype":"application/json","data":{"urgency":"EMERGENCY"}}
            """;
        await using var server = await StartAsync(Answers(200, """{"items":[],"next":"a"}"""), Answers(200, $$"""{"items":[{{Notice}}],"next":"b"}"""));

        var seen = await SeeAsync(server.Notification().FollowFeedAsync(TimeSpan.FromMilliseconds(1), cancellationToken: Cancellation), 2);

        seen.Select(news => news.Resume).ShouldBe(["b", "b"]);
        server.Requests.Select(request => request.Target).ShouldBe(["/v1/feed", "/v1/feed?after=a", "/v1/feed?after=b"]);
    }

    private static string Page(string? next, int count) =>
        $$"""{"items":[{{string.Join(',', Enumerable.Repeat(Samples.Receipt, count))}}],"next":{{(next is null ? "null" : $"\"{next}\"")}}}""";

    private static async Task<List<T>> SeeAsync<T>(IAsyncEnumerable<T> all, int count) => await all.Take(count).ToListAsync(Cancellation);
}
