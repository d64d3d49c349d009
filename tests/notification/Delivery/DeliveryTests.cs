using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Local.Demo;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>From the message on the bus to the webhook and back to the bus, with real servers and a real receiver.</summary>
public sealed class DeliveryTests : ServiceTest
{
    [Fact]
    public async Task A_notice_is_delivered_once_signed_and_reported()
    {
        var app = await StartAsync();
        var (_, secret) = await RegisterAsync(app, Receiver.Url("/hook?key=1"));
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

    [Fact]
    public async Task The_outcome_names_the_node_that_keeps_what_asked_so_that_it_goes_back_there()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var (taken, lost) = (Installation.Request() with { Keeper = "node:los-angeles" }, Installation.Request("county:06059") with { Keeper = "node:orange" });

        await Installation.PublishAsync(app, Cancellation, taken, lost);

        (await OutcomeAsync(taken.NoticeId, "DELIVERED")).ShouldHaveSingleItem().Body.GetProperty("keeper").GetString().ShouldBe("node:los-angeles");
        (await OutcomeAsync(lost.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem().Body.GetProperty("keeper").GetString().ShouldBe("node:orange");
    }

    [Fact]
    public async Task After_an_error_it_is_sent_again_under_the_same_id_until_it_is_taken()
    {
        Receiver.FailFirst(2, StatusCodes.Status500InternalServerError);
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        var webhooks = await Receiver.WaitAsync(3, Cancellation);
        webhooks.Select(w => w.Id).Distinct().ShouldHaveSingleItem();
        webhooks.Select(w => w.Body).Distinct().ShouldHaveSingleItem();
        var reports = await OutcomeAsync(request.NoticeId, "DELIVERED");
        reports.Select(r => r.Type).ShouldBe(["notice.failing.v1", "notice.delivered.v1"]);
        reports[1].Body.GetProperty("attempts").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task An_endpoint_whose_secret_cannot_be_opened_is_failing_and_gets_nothing_unsigned()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        await Installation.ExecuteAsync("update endpoint_secrets set ciphertext = set_byte(ciphertext, 20, get_byte(ciphertext, 20) # 1)", Cancellation);
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        (await OutcomeAsync(request.NoticeId, "FAILING")).ShouldHaveSingleItem().Type.ShouldBe("notice.failing.v1");
        (await Installation.ScalarAsync<string>("select min(error) from journal where error is not null", Cancellation)).ShouldBe("SECRET_UNREADABLE");
        Receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var answered = Receiver.Answer;
        Receiver.Answer = (context, received, before) =>
        {
            context.Response.Redirect(Receiver.Url("/elsewhere"));
            return before == 0 ? Task.CompletedTask : answered(context, received, before);
        };
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        await Installation.PublishAsync(app, Cancellation, Installation.Request());

        (await Receiver.WaitAsync(2, Cancellation)).ShouldAllBe(w => w.Path == "/hook");
    }

    [Fact]
    public async Task A_receiver_that_is_busy_is_asked_again_when_it_said()
    {
        Receiver.FailFirst(1, StatusCodes.Status503ServiceUnavailable, retryAfter: "2");
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());

        await Installation.PublishAsync(app, Cancellation, Installation.Request());

        var webhooks = await Receiver.WaitAsync(2, Cancellation);
        (webhooks[1].At - webhooks[0].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.95));
    }

    [Fact]
    public async Task A_receiver_that_hangs_times_out_and_holds_up_nobody()
    {
        Receiver.Answer = (context, received, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return received.Path == "/hangs" ? Task.Delay(Timeout.Infinite, context.RequestAborted) : Task.CompletedTask;
        };
        Installation.Settings["Delivery:Concurrency"] = "8";
        Installation.Settings["Delivery:ConcurrencyPerEndpoint"] = "4";
        Installation.Settings["Delivery:Schedule:0"] = "00:10:00";
        Installation.Settings["Delivery:GiveUpAfter"] = "01:00:00";
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url("/hangs"), "county:06059");
        await RegisterAsync(app, Receiver.Url("/works"));
        // So many that it hangs all the while, however slow the machine is.
        var hanging = Enumerable.Range(0, 200).Select(_ => Installation.Request("county:06059")).ToArray();
        await Installation.PublishAsync(app, Cancellation, hanging);
        await Receiver.WaitAsync(4, Cancellation);

        var others = Enumerable.Range(0, 20).Select(_ => Installation.Request()).ToArray();
        await Installation.PublishAsync(app, Cancellation, others);

        await Installation.EventuallyAsync("select count(*) from notices where organization = 'county:06037' and state = 'DELIVERED'", 20L, Cancellation);
        (await Installation.ScalarAsync<long>("select count(*) from notices where organization = 'county:06059' and state = 'SENDING'", Cancellation))
            .ShouldBeGreaterThan(0, "the others were delivered while some still waited for the one that hangs");
        await Installation.EventuallyAsync("select least(8, count(*)) from notices where organization = 'county:06059' and state = 'FAILING'", 8L, Cancellation);
        (await Installation.ScalarAsync<string>("select min(error) || ' ' || max(error) from journal where error is not null", Cancellation)).ShouldBe("TIMEOUT TIMEOUT");
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_until_it_is_given_up()
    {
        Installation.Settings["Delivery:GiveUpAfter"] = "00:00:00.500";
        var app = await StartAsync();
        var url = Receiver.Url();
        await Receiver.DisposeAsync();
        await RegisterAsync(app, url);
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        var reports = await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        reports.Select(r => r.Type).ShouldBe(["notice.failing.v1", "notice.undeliverable.v1"]);
        reports[1].Body.GetProperty("reason").GetString().ShouldBe("ATTEMPTS_EXHAUSTED");
        (await Installation.ScalarAsync<long>("select count(*) from journal where error = 'CONNECTION_REFUSED'", Cancellation)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_disabled_and_not_asked_again()
    {
        Receiver.FailFirst(int.MaxValue, StatusCodes.Status410Gone);
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        var report = (await OutcomeAsync(request.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem();
        report.Type.ShouldBe("notice.undeliverable.v1");
        report.Body.GetProperty("reason").GetString().ShouldBe("GONE");
        (await Installation.ScalarAsync<string>($"select state || reason from endpoints where id = '{id}'", Cancellation)).ShouldBe("DISABLEDGONE");

        var next = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, next);
        (await OutcomeAsync(next.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem().Body.GetProperty("reason").GetString().ShouldBe("NO_ENDPOINT");
        Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_notice_for_an_organization_without_endpoint_is_undeliverable_at_once()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url(), "county:06059");
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        var report = (await OutcomeAsync(request.NoticeId, "UNDELIVERABLE")).ShouldHaveSingleItem();
        report.Type.ShouldBe("notice.undeliverable.v1");
        report.Body.GetProperty("reason").GetString().ShouldBe("NO_ENDPOINT");
        Receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_request_again_delivers_nothing_again()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var (request, last) = (Installation.Request(), Installation.Request());

        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        await Installation.PublishAsync(app, Cancellation, request, request, last);

        (await OutcomeAsync(last.NoticeId, "DELIVERED")).Count.ShouldBe(1);
        await Installation.EventuallyAsync("select count(*) from inbox", 4L, Cancellation);
        (await Queues.ReportsAsync(Installation.Broker, request.NoticeId, Cancellation)).Count.ShouldBe(1);
        Receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_endpoint_that_was_disabled_meanwhile_is_not_asked()
    {
        Receiver.FailFirst(int.MaxValue, StatusCodes.Status500InternalServerError);
        Installation.Settings["Delivery:Schedule:0"] = "00:10:00";
        Installation.Settings["Delivery:GiveUpAfter"] = "01:00:00";
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "FAILING");

        using var client = Installation.Client(app, County);
        (await client.DeleteAsync($"/v1/endpoints/{id}", Cancellation)).EnsureSuccessStatusCode();

        (await OutcomeAsync(request.NoticeId, "UNDELIVERABLE"))[^1].Body.GetProperty("reason").GetString().ShouldBe("GONE");
        Receiver.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status410Gone)]
    public async Task When_the_address_is_corrected_during_an_attempt_the_next_follows_its_failure_at_once(int status)
    {
        var answer = new TaskCompletionSource();
        Receiver.Answer = (context, received, _) =>
        {
            if (received.Path == "/new")
                return StandardWebhook.TakeAsync(context.Response, received.Body);
            context.Response.StatusCode = status;
            return answer.Task;
        };
        Installation.Settings["Delivery:Timeout"] = "00:00:20";
        Installation.Settings["Delivery:Lease"] = "00:10:00";
        Installation.Settings["Delivery:Schedule:0"] = "00:10:00";
        Installation.Settings["Delivery:GiveUpAfter"] = "01:00:00";
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url("/old"));
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await Receiver.WaitAsync(1, Cancellation);

        using var client = Installation.Client(app, County);
        client.DefaultRequestHeaders.Add("If-Match", "*");
        (await client.PatchAsJsonAsync($"/v1/endpoints/{id}", new { url = Receiver.Url("/new") }, Cancellation)).EnsureSuccessStatusCode();
        answer.SetResult();

        // The second is the test of the new address.
        var webhooks = await Receiver.WaitAsync(3, Cancellation);
        webhooks.Select(w => w.Path).ShouldBe(["/old", "/new", "/new"]);
        webhooks[2].Id.ShouldBe(webhooks[0].Id);
        (await OutcomeAsync(request.NoticeId, "DELIVERED")).Select(r => r.Type).ShouldBe(["notice.failing.v1", "notice.delivered.v1"]);
    }
}
