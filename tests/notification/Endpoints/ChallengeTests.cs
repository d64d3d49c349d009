using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Endpoints;

/// <summary>Notices go only to an address that has said that it wants them.</summary>
public sealed class ChallengeTests : ServiceTest
{
    [Fact]
    public async Task An_address_that_answers_success_to_whatever_comes_gets_nothing_until_it_repeats_a_challenge()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterUnconfirmedAsync(app, Receiver.Url());

        (await TestAsync(app, id)).ShouldBe((true, false, "TESTING"));
        var before = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, before);
        await OutcomeAsync(before.NoticeId, "UNDELIVERABLE");
        Receiver.All.ShouldAllBe(webhook => webhook.Body.Contains("endpoint.tested.v1"));

        Receiver.RepeatChallenges();
        (await TestAsync(app, id)).ShouldBe((true, true, "ENABLED"));
        var after = Installation.Request();
        await Installation.PublishAsync(app, Cancellation, after);
        await OutcomeAsync(after.NoticeId, "DELIVERED");
        (await Installation.ScalarAsync<string>($"select string_agg(action, ' ' order by entry_id) from ledger where about = '{id}'", Cancellation)).ShouldBe("endpoint.registered endpoint.confirmed");
    }

    [Theory]
    [InlineData(500, "{\"challenge\": \"$\"}")]
    [InlineData(200, "{\"challenge\": \"0123456789abcdef\"}")]
    [InlineData(200, "{\"challenge\": null}")]
    [InlineData(200, "[\"$\"]")]
    [InlineData(200, "\"$\"")]
    [InlineData(200, "$")]
    [InlineData(200, "{\"data\": {\"challenge\": \"$\"}}")]
    public async Task What_is_no_repetition_confirms_nothing(int status, string answer)
    {
        var app = await StartAsync();
        var (id, _) = await RegisterUnconfirmedAsync(app, Receiver.Url());
        Receiver.Answer = (context, webhook, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(answer.Replace("$", ChallengeOf(webhook), StringComparison.Ordinal));
        };

        (await TestAsync(app, id)).ShouldBe((status == 200, false, "TESTING"));
    }

    [Fact]
    public async Task A_person_repeats_within_a_day_what_has_arrived_where_nothing_can_answer()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterUnconfirmedAsync(app, Receiver.Url());
        using var client = Installation.Client(app, County);
        using var stranger = Installation.Client(app, "county:06059");

        await TestAsync(app, id);
        await TestAsync(app, id);
        var (first, last) = (ChallengeOf(Receiver.All[0]), ChallengeOf(Receiver.All[1]));
        (await ConfirmAsync(stranger, id, last)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ConfirmAsync(client, id, "0123456789abcdef")).Status.ShouldBe(HttpStatusCode.Conflict);
        (await ConfirmAsync(client, id, first)).Body.ShouldContain("challenge-not-repeated", customMessage: "there was another test since");
        await Installation.ExecuteAsync("update endpoints set challenged_at = challenged_at - interval '24 hours'", Cancellation);
        (await ConfirmAsync(client, id, last)).Status.ShouldBe(HttpStatusCode.Conflict);

        await TestAsync(app, id);
        (await ConfirmAsync(client, id, ChallengeOf(Receiver.All[^1]))).Body.ShouldContain("ENABLED");
        (await ConfirmAsync(client, id, "anything")).Status.ShouldBe(HttpStatusCode.OK, "it is confirmed and stays so");
    }

    [Fact]
    public async Task Nobody_confirms_an_address_with_what_was_sent_to_the_one_before()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterUnconfirmedAsync(app, Receiver.Url("/own"));
        using var client = Installation.Client(app, County);
        await TestAsync(app, id);

        (await PatchAsync(client, id, new { url = Receiver.Url("/of-somebody-else") })).Status.ShouldBe(HttpStatusCode.OK);

        (await ConfirmAsync(client, id, ChallengeOf(Receiver.All[0]))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await client.PostAsync($"/v1/endpoints/{id}/enable", null, Cancellation)).EnsureSuccessStatusCode();
        (await client.GetStringAsync($"/v1/endpoints/{id}", Cancellation)).ShouldContain("TESTING");
    }

    [Fact]
    public async Task A_new_address_is_taken_when_it_repeats_a_challenge_and_until_then_notices_go_to_the_old_one()
    {
        var app = await StartAsync();
        var (id, _) = await RegisterAsync(app, Receiver.Url("/old"));
        using var client = Installation.Client(app, County);

        (await PatchAsync(client, id, new { url = Receiver.Url("/slip") })).Body.ShouldContain("challenge-not-repeated");
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        (await Receiver.WaitAsync(2, Cancellation))[1].Path.ShouldBe("/old");

        Receiver.RepeatChallenges();
        (await PatchAsync(client, id, new { url = Receiver.Url("/new") })).Status.ShouldBe(HttpStatusCode.OK);
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        (await Receiver.WaitAsync(4, Cancellation))[3].Path.ShouldBe("/new");
    }

    [Theory]
    [InlineData("{\"challenge\": \"c\"}", true)]
    [InlineData("{\"also\": 1, \"challenge\": \"\\u0063\"}", true)]
    [InlineData("{\"challenge\": \"C\"}", false)]
    [InlineData("{\"Challenge\": \"c\"}", false)]
    [InlineData("{\"challenge\": \"c\"} and more", false)]
    [InlineData("", false)]
    public void An_answer_repeats_a_challenge_as_a_member_of_an_object(string answer, bool isRepeated) =>
        Challenge.IsRepeated("c", Encoding.UTF8.GetBytes(answer)).ShouldBe(isRepeated);

    private static string ChallengeOf(Received test) => JsonDocument.Parse(test.Body).RootElement.GetProperty("data").GetProperty("challenge").GetString()!;

    private async Task<(bool Delivered, bool Repeated, string State)> TestAsync(WebApplication app, Guid id)
    {
        using var client = Installation.Client(app, County);
        using var response = await client.PostAsync($"/v1/endpoints/{id}/test", null, Cancellation);
        var tested = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (tested.GetProperty("delivered").GetBoolean(), tested.GetProperty("repeated").GetBoolean(), tested.GetProperty("state").GetString()!);
    }

    private static Task<(HttpStatusCode Status, string Body)> ConfirmAsync(HttpClient client, Guid id, string challenge) =>
        SendAsync(client, new(HttpMethod.Post, $"/v1/endpoints/{id}/confirm") { Content = JsonContent.Create(new { challenge }) });

    private static Task<(HttpStatusCode Status, string Body)> PatchAsync(HttpClient client, Guid id, object change) =>
        SendAsync(client, new(HttpMethod.Patch, $"/v1/endpoints/{id}") { Content = JsonContent.Create(change), Headers = { { "If-Match", "*" } } });

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await client.SendAsync(request, Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }
}
