using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Endpoints;

/// <summary>The endpoints' API over HTTP.</summary>
public sealed class EndpointTests : ServiceTest
{
    [Fact]
    public async Task Registering_tells_the_secret_once()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);

        using var created = await client.PostAsJsonAsync("/v1/endpoints", new { url = Receiver.Url(), organization = County }, Cancellation);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await created.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        answer.EnumerateObject().Select(m => m.Name).ShouldBe(["endpointId", "organization", "url", "duty", "state", "secret", "createdAt"], ignoreOrder: true);
        answer.GetProperty("organization").GetString().ShouldBe(County);
        answer.GetProperty("state").GetString().ShouldBe("TESTING");
        Convert.FromBase64String(answer.GetProperty("secret").GetString()!["whsec_".Length..]).Length.ShouldBe(32);
        var read = await client.GetStringAsync(created.Headers.Location, Cancellation);
        read.ShouldContain(Receiver.Url());
        read.ShouldNotContain("whsec_");
        (await client.GetStringAsync("/v1/endpoints", Cancellation)).ShouldNotContain("whsec_");
    }

    [Fact]
    public async Task Another_organization_or_a_bad_address_is_a_problem_that_names_the_member()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);

        using var refused = await client.PostAsJsonAsync("/v1/endpoints", new { url = "http://notices.example.org", organization = "county:06059" }, Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(["/url", "/organization"]);
    }

    [Fact]
    public async Task The_same_registration_under_the_same_key_is_answered_the_same()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "registration-1");

        var (first, second) = (await Post(Receiver.Url()), await Post(Receiver.Url()));
        var other = await Post(Receiver.Url("/other"));

        first.Status.ShouldBe(HttpStatusCode.Created);
        second.ShouldBe(first);
        other.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Installation.ScalarAsync<long>("select count(*) from endpoints", Cancellation)).ShouldBe(1);

        async Task<(HttpStatusCode Status, string Body)> Post(string url)
        {
            using var response = await client.PostAsJsonAsync("/v1/endpoints", new { url }, Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task An_organization_has_so_many_endpoints_and_no_more_however_many_it_registers_at_once()
    {
        Installation.Settings["Delivery:EndpointsPerOrganization"] = "3";
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        using var other = Installation.Client(app, "county:06059");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Post(client, $"key-{i}")));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(3);
        var refused = answers.Where(a => a.Status == HttpStatusCode.Conflict).ToList();
        refused.Count.ShouldBe(5);
        refused.ShouldAllBe(a => a.Body.Contains("too-many-endpoints") && a.Body.Contains("has 3 endpoints"));
        (await Post(other, "key-0")).Status.ShouldBe(HttpStatusCode.Created);
        // What was answered is answered so again, also now.
        var first = answers.Index().First(a => a.Item.Status == HttpStatusCode.Created);
        (await Post(client, $"key-{first.Index}")).ShouldBe(first.Item);

        var created = JsonDocument.Parse(first.Item.Body).RootElement.GetProperty("endpointId").GetGuid();
        (await client.DeleteAsync($"/v1/endpoints/{created}", Cancellation)).EnsureSuccessStatusCode();
        (await Post(client, "key-new")).Status.ShouldBe(HttpStatusCode.Created);

        async Task<(HttpStatusCode Status, string Body)> Post(HttpClient by, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/endpoints") { Content = JsonContent.Create(new { url = Receiver.Url() }), Headers = { { "Idempotency-Key", key } } };
            using var response = await by.SendAsync(request, Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Others_endpoints_and_notices_do_not_exist()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        using var stranger = Installation.Client(app, "county:06059");

        (HttpMethod Method, string Path)[] all =
        [
            (HttpMethod.Get, $"/v1/endpoints/{id}"), (HttpMethod.Patch, $"/v1/endpoints/{id}"), (HttpMethod.Delete, $"/v1/endpoints/{id}"),
            (HttpMethod.Post, $"/v1/endpoints/{id}/test"), (HttpMethod.Post, $"/v1/endpoints/{id}/confirm"), (HttpMethod.Post, $"/v1/endpoints/{id}/rotate-secret"),
            (HttpMethod.Post, $"/v1/endpoints/{id}/enable"), (HttpMethod.Post, $"/v1/endpoints/{id}/recover"),
            (HttpMethod.Get, $"/v1/notices/{request.NoticeId}"), (HttpMethod.Post, $"/v1/notices/{request.NoticeId}/resend"),
        ];
        foreach (var (method, path) in all)
        {
            object body = path.EndsWith("/recover", StringComparison.Ordinal) ? new { since = "2026-01-01T00:00:00Z" } : path.EndsWith("/confirm", StringComparison.Ordinal) ? new { challenge = "guessed" } : method == HttpMethod.Patch ? new { state = "DISABLED" } : new { };
            using var message = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
            using var response = await stranger.SendAsync(message, Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        foreach (var path in new[] { "/v1/endpoints", "/v1/notices", "/v1/feed" })
            (await stranger.GetFromJsonAsync<JsonElement>(path, Cancellation)).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Installation.ScalarAsync<string>("select state from endpoints", Cancellation)).ShouldBe("ENABLED");
        Receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_scope_nothing_is_told()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County, "feed.read");

        (await client.GetAsync("/v1/endpoints", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/v1/feed", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_endpoint_is_changed_by_who_has_seen_it_last()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        Receiver.RepeatChallenges();
        using var client = Installation.Client(app, County);

        (await Patch("\"1\"", new { state = "DISABLED" })).ShouldBe(HttpStatusCode.OK);
        (await Patch("\"1\"", new { url = Receiver.Url("/other") })).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Patch(null, new { state = "ASLEEP" })).ShouldBe(HttpStatusCode.BadRequest);
        (await Patch(null, new { state = "DISABLED" })).ShouldBe(HttpStatusCode.PreconditionRequired);
        (await client.PostAsync($"/v1/endpoints/{id}/enable", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Patch("*", new { url = Receiver.Url("/other") })).ShouldBe(HttpStatusCode.OK);

        var read = await client.GetFromJsonAsync<JsonElement>($"/v1/endpoints/{id}", Cancellation);
        (read.GetProperty("state").GetString(), read.GetProperty("url").GetString()).ShouldBe(("ENABLED", Receiver.Url("/other")));

        async Task<HttpStatusCode> Patch(string? ifMatch, object change)
        {
            using var message = new HttpRequestMessage(HttpMethod.Patch, $"/v1/endpoints/{id}") { Content = JsonContent.Create(change) };
            if (ifMatch is not null)
                message.Headers.Add("If-Match", ifMatch);
            using var response = await client.SendAsync(message, Cancellation);
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData(StatusCodes.Status204NoContent, true)]
    [InlineData(StatusCodes.Status401Unauthorized, false)]
    public async Task A_test_event_is_signed_and_says_what_came_back(int status, bool delivered)
    {
        Receiver.FailFirst(1, status);
        var app = await StartAsync();
        var (id, secret) = await RegisterAsync(app, Receiver.Url());
        using var client = Installation.Client(app, County);

        using var response = await client.PostAsync($"/v1/endpoints/{id}/test", null, Cancellation);

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        answer.GetProperty("status").GetInt32().ShouldBe(status);
        answer.GetProperty("delivered").GetBoolean().ShouldBe(delivered);
        answer.GetProperty("milliseconds").GetInt32().ShouldBeInRange(0, 5000);
        var webhook = Receiver.All.ShouldHaveSingleItem();
        webhook.Signature.ShouldBe(Expected(secret, webhook));
        JsonDocument.Parse(webhook.Body).RootElement.GetProperty("type").GetString().ShouldBe("org.safeharbor.endpoint.tested.v1");
    }

    [Fact]
    public async Task While_a_secret_is_rotated_both_sign_and_a_day_later_only_the_new_one()
    {
        var app = await StartAsync();
        var (id, old) = await RegisterAsync(app, Receiver.Url());
        using var client = Installation.Client(app, County);

        using var rotated = await client.PostAsync($"/v1/endpoints/{id}/rotate-secret", null, Cancellation);
        var secret = (await rotated.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("secret").GetString()!;
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        var both = (await Receiver.WaitAsync(1, Cancellation))[0];
        await Installation.ExecuteAsync("update endpoint_secrets set signs_until = signs_until - interval '24 hours' where signs_until is not null", Cancellation);
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        var later = (await Receiver.WaitAsync(2, Cancellation))[1];

        secret.ShouldNotBe(old);
        both.Signature.Split(' ').ShouldBe([Expected(secret, both), Expected(old, both)]);
        later.Signature.ShouldBe(Expected(secret, later));
    }

    [Fact]
    public async Task A_secret_that_is_rotated_twice_under_one_key_is_rotated_once()
    {
        var app = await StartAsync();
        var (id, old) = await RegisterAsync(app, Receiver.Url());
        using var client = Installation.Client(app, County);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "rotation-1");

        using var first = await client.PostAsync($"/v1/endpoints/{id}/rotate-secret", null, Cancellation);
        using var again = await client.PostAsync($"/v1/endpoints/{id}/rotate-secret", null, Cancellation);
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        var webhook = (await Receiver.WaitAsync(1, Cancellation))[0];

        var secret = (await first.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("secret").GetString()!;
        (await again.Content.ReadAsStringAsync(Cancellation)).ShouldBe(await first.Content.ReadAsStringAsync(Cancellation));
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        webhook.Signature.Split(' ').ShouldBe([Expected(secret, webhook), Expected(old, webhook)], "the receiver's old secret signs on");
    }

    [Fact]
    public async Task What_an_endpoint_missed_is_sent_again_when_its_owner_asks()
    {
        Receiver.FailFirst(1, StatusCodes.Status410Gone);
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url());
        var requests = new[] { Installation.Request(), Installation.Request() };
        foreach (var request in requests)
        {
            await Installation.PublishAsync(app, Cancellation, request);
            await OutcomeAsync(request.NoticeId, "UNDELIVERABLE");
        }
        using var client = Installation.Client(app, County);
        Receiver.FailFirst(0, StatusCodes.Status410Gone);
        (await client.PostAsync($"/v1/endpoints/{id}/enable", null, Cancellation)).EnsureSuccessStatusCode();

        using var response = await client.PostAsJsonAsync($"/v1/endpoints/{id}/recover", new { since = "2026-11-20T00:00:00-08:00" }, Cancellation);

        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("resent").GetInt32().ShouldBe(2);
        foreach (var request in requests)
        {
            (await OutcomeAsync(request.NoticeId, "DELIVERED")).Select(r => r.Type)
                .ShouldBe(["notice.undeliverable.v1", "notice.delivered.v1"]);
        }
    }

    [Fact]
    public async Task Secrets_and_addresses_are_in_no_table_and_in_no_log()
    {
        Installation.LogEverything();
        var app = await StartAsync();
        using var client = Installation.Client(app, County);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "registration-1");
        var (id, first) = await RegisterAsync(app, Receiver.Url("/of-somebody?named=Maria"));
        using var keyed = await client.PostAsJsonAsync("/v1/endpoints", new { url = Receiver.Url("/other-of-Maria") }, Cancellation);
        client.DefaultRequestHeaders.Remove("Idempotency-Key");
        using var rotated = await client.PostAsync($"/v1/endpoints/{id}/rotate-secret", null, Cancellation);
        Receiver.FailFirst(1, StatusCodes.Status500InternalServerError);
        var request = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, request);
        await OutcomeAsync(request.NoticeId, "DELIVERED");
        string[] secrets =
        [
            first,
            (await keyed.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("secret").GetString()!,
            (await rotated.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("secret").GetString()!,
        ];

        var tables = await Installation.DumpAsync(Cancellation);
        var log = string.Join('\n', Installation.Log);

        tables.ShouldContain(request.NoticeId.ToString(), customMessage: "the dump sees the tables");
        log.ShouldContain(id.ToString(), customMessage: "the log is collected");
        (tables + log).ShouldNotContain("Maria");
        foreach (var secret in secrets)
        {
            var text = secret["whsec_".Length..];
            var bytes = Convert.ToHexStringLower(Convert.FromBase64String(text));
            foreach (var place in new[] { tables, log })
            {
                place.Contains(text, StringComparison.Ordinal).ShouldBeFalse();
                place.Contains(bytes, StringComparison.OrdinalIgnoreCase).ShouldBeFalse();
            }
        }
    }
}
