using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Notices;

/// <summary>Notices and feed over HTTP.</summary>
public sealed class NoticeTests : ServiceTest
{
    [Fact]
    public async Task A_notice_tells_its_deliveries_and_attempts()
    {
        Receiver.FailFirst(1, StatusCodes.Status502BadGateway);
        var app = await StartAsync();
        var (endpoint, _) = await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        using var client = Installation.Client(app, County);

        var answer = await client.GetFromJsonAsync<JsonElement>($"/v1/notices/{request.NoticeId}", Cancellation);

        answer.GetProperty("notice").GetProperty("state").GetString().ShouldBe("DELIVERED");
        answer.GetProperty("notice").GetProperty("link").GetString().ShouldBe(request.Link);
        var delivery = answer.GetProperty("deliveries").EnumerateArray().ShouldHaveSingleItem();
        delivery.GetProperty("deliveryId").GetString().ShouldBe(Receiver.All[0].Id);
        delivery.GetProperty("endpointId").GetGuid().ShouldBe(endpoint);
        answer.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("status").GetInt32()).ShouldBe([502, 204]);
    }

    [Fact]
    public async Task A_notice_about_the_system_itself_is_delivered_as_any_other_and_nobody_is_told_how()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var (about, id) = (Guid.NewGuid(), Guid.NewGuid());
        var unit = new UnitOfWork();
        unit.Publish(new SystemNoticeRequested
        {
            NoticeId = id,
            Organization = Organization.Parse(County),
            Type = NoticeTypes.NodeSilent,
            Source = "county-routing",
            Subject = about,
            SubjectKind = SubjectKinds.Node,
            Link = $"/v1/nodes/{about}",
            Urgency = Urgencies.Immediate,
            At = DateTimeOffset.UtcNow,
        });
        await app.Services.GetRequiredService<UnitStore>().CommitAsync(unit, Cancellation);

        var told = JsonDocument.Parse((await Receiver.WaitAsync(1, Cancellation))[0].Body).RootElement;

        told.GetProperty("type").GetString().ShouldBe("org.safeharbor.node.silent.v1");
        told.GetProperty("data").GetProperty("nodeId").GetGuid().ShouldBe(about);
        told.GetProperty("data").TryGetProperty("encounterId", out _).ShouldBeFalse();
        await Installation.EventuallyAsync("select count(*) from notices where state = 'DELIVERED' and encounter_id is null", 1L, Cancellation);
        await Installation.EventuallyAsync("select count(*) from outbox", 0L, Cancellation);
        using var client = Installation.Client(app, County);
        (await client.GetFromJsonAsync<JsonElement>($"/v1/notices/{id}", Cancellation)).GetProperty("notice").GetProperty("encounterId").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_notice_is_sent_again_under_the_same_id_and_reported_no_second_time()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        using var client = Installation.Client(app, County);

        using var response = await client.PostAsync($"/v1/notices/{request.NoticeId}/resend", null, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var webhooks = await Receiver.WaitAsync(2, Cancellation);
        webhooks[1].Id.ShouldBe(webhooks[0].Id);
        await Installation.EventuallyAsync("select count(*) from deliveries where state = 'DELIVERED'", 1L, Cancellation);
        (await OutcomeAsync(request.NoticeId, "DELIVERED")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_endpoint_there_is_nothing_to_resend_to()
    {
        var app = await StartAsync();
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        using var client = Installation.Client(app, County);

        using var response = await client.PostAsync($"/v1/notices/{request.NoticeId}/resend", null, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Who_polls_gets_every_notice_once_and_in_order()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County, "feed.read");
        var requests = Enumerable.Range(0, 7).Select(_ => Installation.Request()).ToArray();
        foreach (var request in requests)
        {
            await Installation.PublishAsync(app, Cancellation, request, Installation.Request("county:06059"));
            await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        }

        var seen = new List<Guid>();
        var after = "";
        for (JsonElement page; (page = await client.GetFromJsonAsync<JsonElement>($"/v1/feed?limit=3{after}", Cancellation)).GetProperty("items").GetArrayLength() > 0;
            after = $"&after={page.GetProperty("next").GetString()}")
        {
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("data").GetProperty("noticeId").GetGuid()));
        }

        seen.ShouldBe(requests.Select(r => r.NoticeId));
        // The database is that of an older copy: who went on behind its end would miss what comes.
        await Installation.ExecuteAsync("delete from notices where number > 5", Cancellation);
        using var beyond = await client.GetAsync($"/v1/feed?limit=3{after}", Cancellation);
        beyond.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await beyond.Content.ReadAsStringAsync(Cancellation)).ShouldContain("unknown-cursor");
        var first = (await client.GetFromJsonAsync<JsonElement>("/v1/feed?limit=1", Cancellation)).GetProperty("items")[0];
        first.EnumerateObject().Select(m => m.Name).ShouldBe(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"]);
        (await client.GetAsync("/v1/feed?limit=0", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Notices_come_by_what_is_under_way_and_due_next_and_then_the_newest()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        var names = new Dictionary<Guid, string>();
        foreach (var (index, (name, state, due, requested)) in new[]
        {
            ("late", "FAILING", "now() - interval '1 second'", "'2020-01-02'"), ("soon", "SENDING", "now() + interval '1 hour'", "'2020-01-03'"),
            ("same1", "SENDING", "'2100-01-01'", "'2020-01-02'"), ("same2", "SENDING", "'2100-01-01'", "'2020-01-02'"), ("same3", "FAILING", "'2100-01-01'", "'2020-01-02'"),
            ("newer", "DELIVERED", "'2000-01-01'", "'2020-01-02'"), ("older", "UNDELIVERABLE", "'2000-01-01'", "'2020-01-01'"),
        }.Index())
        {
            var id = Guid.Parse($"{index + 1:00000000}-0000-0000-0000-000000000000");
            names[id] = name;
            await Installation.ExecuteAsync($"""
                insert into notices (id, organization, number, encounter_id, requested_by, type, source, subject, subject_kind, link, report_id, urgency, due_at, requested_at, state)
                select '{id}', organization, {index + 100}, encounter_id, requested_by, type, source, subject, subject_kind, link, '{id}',
                    '{(name == "soon" ? "PROMPT" : "IMMEDIATE")}', {due}, {requested}, '{state}' from notices where id = '{request.NoticeId}'
                """, Cancellation);
        }
        await Installation.ExecuteAsync($"update notices set organization = 'county:06059' where id = '{request.NoticeId}'", Cancellation);

        foreach (var (query, expected) in new[]
        {
            ("", "late soon same1 same2 same3 newer older"), ("open=true", "late soon same1 same2 same3"), ("open=false", "newer older"), ("overdue=true", "late"),
            ("overdue=false&state=SENDING", "soon same1 same2"), ("urgency=PROMPT", "soon"), ($"reportId={names.Keys.First()}", "late"), ("since=2020-01-03T00:00:00Z", "soon"),
        })
        {
            var found = new List<string>();
            for (string? after = ""; after is not null;)
            {
                var page = await client.GetFromJsonAsync<JsonElement>($"/v1/notices?limit=2&{query}{after}", Cancellation);
                found.Count.ShouldBeLessThan(20, "the pages come to an end");
                found.AddRange(page.GetProperty("items").EnumerateArray().Select(n => names[n.GetProperty("noticeId").GetGuid()]));
                after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
            }
            string.Join(' ', found).ShouldBe(expected, query);
        }
        (await client.GetAsync("/v1/notices?state=LOST", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_list_of_notices_says_how_each_stands()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");

        var page = await client.GetFromJsonAsync<JsonElement>("/v1/notices", Cancellation);

        var notice = page.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        notice.GetProperty("noticeId").GetGuid().ShouldBe(request.NoticeId);
        notice.GetProperty("reason").GetString().ShouldBe("NO_ENDPOINT");
        page.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null, "nothing follows");
    }
}
