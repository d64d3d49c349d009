using Microsoft.AspNetCore.Http;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What is left behind by an instance that died, and what several instances do side by side.</summary>
public sealed class CrashTests : ServiceTest
{
    [Fact]
    public async Task An_attempt_whose_outcome_was_lost_is_made_again_under_the_same_id_and_reported_once()
    {
        var first = new TaskCompletionSource();
        Receiver.Answer = (context, _, before) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return before == 0 ? first.Task : Task.CompletedTask;
        };
        Installation.Settings["Delivery:Timeout"] = "00:00:20";
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await Receiver.WaitAsync(1, Cancellation);

        // The lease runs out while nothing is heard of the attempt.
        await Installation.ExecuteAsync("update deliveries set due_at = now()", Cancellation);

        var webhooks = await Receiver.WaitAsync(2, Cancellation);
        webhooks[1].Id.ShouldBe(webhooks[0].Id);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        // Then it is heard of after all.
        first.SetResult();
        await Installation.EventuallyAsync("select count(*) from journal where kind = 'ATTEMPTED'", 2L, Cancellation);
        (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem().Type.ShouldBe("notice.delivered.v1");
    }

    [Fact]
    public async Task What_an_instance_left_behind_is_taken_up_by_the_next()
    {
        Receiver.FailFirst(1, StatusCodes.Status500InternalServerError);
        Installation.Settings["Delivery:Schedule:0"] = "00:10:00";
        Installation.Settings["Delivery:GiveUpAfter"] = "01:00:00";
        var dead = await StartAsync();
        await RegisterAsync(dead, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(dead, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "FAILING");
        await Installation.StopAsync(dead);
        // As if it had died in its second attempt, some time ago.
        await Installation.ExecuteAsync("update deliveries set claim = gen_random_uuid(), due_at = now() - interval '1 second'", Cancellation);

        await StartAsync();

        (await OutcomeAsync(request.NoticeId, "DELIVERED")).Select(r => r.Type).ShouldBe(["notice.failing.v1", "notice.delivered.v1"]);
        Receiver.All.Select(w => w.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_the_endpoint_took_while_the_database_was_away_is_not_sent_again()
    {
        var answer = new TaskCompletionSource();
        Receiver.Answer = (context, _, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return answer.Task;
        };
        Installation.Settings["Delivery:Timeout"] = "00:00:20";
        Installation.Settings["Delivery:Lease"] = "00:00:25";
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await Receiver.WaitAsync(1, Cancellation);

        await Installation.WithoutDatabaseAsync(
            async () =>
            {
                answer.SetResult();
                // The first on a connection that was closed, the second on one that is refused.
                await Installation.LoggedAsync("cannot be recorded yet", 2, Cancellation);
            },
            Cancellation);

        (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem().Type.ShouldBe("notice.delivered.v1");
        (await Installation.ScalarAsync<long>("select count(*) from journal where kind = 'ATTEMPTED'", Cancellation)).ShouldBe(1);
        (await Installation.ScalarAsync<long>("select count(*) from deliveries where state = 'DELIVERED' and claim is null", Cancellation)).ShouldBe(1);
        Receiver.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(StatusCodes.Status204NoContent, "DELIVERED", "notice.delivered.v1")]
    [InlineData(StatusCodes.Status410Gone, "UNDELIVERABLE", "notice.undeliverable.v1")]
    public async Task Several_instances_and_endpoints_report_each_notice_once(int status, string state, string reported)
    {
        const int Notices = 30;
        const int Endpoints = 4;
        Receiver.FailFirst(status == StatusCodes.Status410Gone ? int.MaxValue : 0, status);
        var (one, two) = (await StartAsync(), await StartAsync());
        foreach (var i in Enumerable.Range(0, Endpoints))
            await RegisterAsync(one, Receiver.Url($"/hook/{i}"));
        var requests = Enumerable.Range(0, Notices).Select(_ => Installation.Request()).ToArray();

        foreach (var half in requests.Chunk(Notices / 2))
            await Installation.PublishAsync(half[0] == requests[0] ? one : two, Cancellation, half);

        await Installation.EventuallyAsync($"select count(*) from notices where state = '{state}'", (long)Notices, Cancellation);
        await Installation.EventuallyAsync("select count(*) from deliveries where state = 'PENDING'", 0L, Cancellation);
        await Installation.EventuallyAsync("select count(*) from outbox", 0L, Cancellation);
        var reports = (await Queues.PeekAsync(Installation.Broker, "intake-timeline", Cancellation)).Where(r => r.Type == reported).ToList();
        reports.Select(r => r.Body.GetProperty("noticeId").GetGuid()).ShouldBe(requests.Select(r => r.NoticeId), ignoreOrder: true);
        if (status == StatusCodes.Status204NoContent)
        {
            Receiver.All.Count.ShouldBe(Notices * Endpoints);
            Receiver.All.Select(w => w.Id).Distinct().Count().ShouldBe(Notices * Endpoints);
        }
    }
}
