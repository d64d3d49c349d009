using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CaseServices.Tests.Offers;

/// <summary>From a county's handoff to a provider's answer, over the real bus, database and HTTP.</summary>
public sealed class OfferTests : Stage
{
    private readonly HandoffOpened _shelter = Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER"));

    private Guid NeedId => _shelter.Child.Needs[0].NeedId;

    private Task<(int Status, JsonElement Body, string? ETag)> As(string provider, HttpMethod method, string path, object? body = null) =>
        Service.SendAsync(method, path, $"provider:{provider}", "offers.act", body);

    /// <summary>The one offer that waits for a provider, once it is there.</summary>
    private async Task<Guid> OfferTo(string provider)
    {
        Guid? offer = null;
        await Instance.EventuallyAsync(async () =>
        {
            var (_, page, _) = await As(provider, HttpMethod.Get, "/v1/offers?state=OFFERED");
            offer = page.GetProperty("items").EnumerateArray().Select(o => (Guid?)o.GetProperty("offerId").GetGuid()).SingleOrDefault();
            return offer is not null;
        }, $"an offer to {provider}");
        return offer!.Value;
    }

    private Task StateBecomes(string state, Guid? need = null) => Instance.EventuallyAsync(async () =>
        await Service.ScalarAsync<long>($"select count(*) from needs where correlation_id = '{need ?? NeedId}' and current_state = '{state}'") == 1, $"the need is {state}");

    private async Task<string?> Conflict(string provider, Guid offer, string verb, object? body = null)
    {
        var (status, problem, _) = await As(provider, HttpMethod.Post, $"/v1/offers/{offer}/{verb}", body);
        status.ShouldBe(409);
        return problem.GetProperty("type").GetString()!.Split('/')[^1];
    }

    [Fact]
    public async Task A_provider_accepts_and_follows_through()
    {
        await ListAsync(Samples.Provider("a"));
        await Service.PublishAsync(_shelter);
        var id = await OfferTo("a");

        var (_, offered, _) = await As("a", HttpMethod.Get, $"/v1/offers/{id}");
        offered.GetProperty("type").GetString().ShouldBe("EMERGENCY_SHELTER");
        offered.GetProperty("safetyFlags")[0].GetString().ShouldBe("GUARDIAN_UNSAFE");
        offered.GetProperty("reportId").ValueKind.ShouldBe(JsonValueKind.Null, "nothing to read before the acceptance");
        (await As("a", HttpMethod.Get, $"/v1/needs/{NeedId}")).Status.ShouldBe(404, "not its need yet");

        var (status, accepted, _) = await As("a", HttpMethod.Post, $"/v1/offers/{id}/accept");
        status.ShouldBe(200);
        accepted.GetProperty("state").GetString().ShouldBe("ACCEPTED");
        accepted.GetProperty("reportId").GetGuid().ShouldBe(_shelter.ReportId);
        var (again, same, _) = await As("a", HttpMethod.Post, $"/v1/offers/{id}/accept");
        again.ShouldBe(200);
        same.GetRawText().ShouldBe(accepted.GetRawText(), "accepting twice is the same answer");
        (await Conflict("a", id, "decline", new { reason = "OTHER" })).ShouldBe("offer-accepted");
        (await Service.ScalarAsync<string>("select string_agg(type, ' ') from timers")).ShouldBe("need.remind.v1", "the expiry was cancelled, and first contact is awaited");

        foreach (var (verb, state) in new[] { ("engaged", "ENGAGED"), ("engaged", "ENGAGED"), ("completed", "COMPLETED"), ("completed", "COMPLETED") })
        {
            var (code, need, _) = await As("a", HttpMethod.Post, $"/v1/needs/{NeedId}/{verb}");
            (code, need.GetProperty("state").GetString()).ShouldBe((200, state));
        }
        (await Service.ScalarAsync<long>("select count(*) from timers")).ShouldBe(0, "the reminder was cancelled");
        (await As("a", HttpMethod.Post, $"/v1/needs/{NeedId}/engaged")).Status.ShouldBe(409);
        (await As("b", HttpMethod.Post, $"/v1/needs/{NeedId}/completed")).Status.ShouldBe(404);

        await Instance.EventuallyAsync(async () => (await PeekAsync("intake-disclosure")).Count == 1, "one grant");
        (await PeekAsync("intake-disclosure"))[0].GetProperty("organization").GetString().ShouldBe("provider:a");
        await Instance.EventuallyAsync(async () => (await PeekAsync("notification-notice")).Count == 1, "one notice");
    }

    [Fact]
    public async Task The_first_declines_the_second_is_silent_and_the_third_accepts()
    {
        await ListAsync(Samples.Provider("a", 1), Samples.Provider("b", 2, answerWithinSeconds: 1), Samples.Provider("c", 3));
        await Service.PublishAsync(_shelter);
        var first = await OfferTo("a");

        (await As("a", HttpMethod.Post, $"/v1/offers/{first}/decline", new { reason = "NO_CAPACITY" })).Body.GetProperty("state").GetString().ShouldBe("DECLINED");
        var third = await OfferTo("c");
        (await As("c", HttpMethod.Post, $"/v1/offers/{third}/accept")).Status.ShouldBe(200);

        (await Conflict("a", first, "accept")).ShouldBe("offer-declined");
        var second = await Service.ScalarAsync<string>("select offer_id::text from offers where provider = 'b'");
        (await Conflict("b", Guid.Parse(second), "accept")).ShouldBe("offer-expired");
        var (_, need, _) = await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{NeedId}", "county:06037", "handoffs.read");
        need.GetProperty("acceptedBy").GetString().ShouldBe("c");
        need.GetProperty("asked").EnumerateArray().Select(a => a.GetString()).ShouldBe(["a", "b", "c"]);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{NeedId}", "county:06059", "handoffs.read")).Status.ShouldBe(404, "another county's");
    }

    [Fact]
    public async Task A_notice_that_cannot_be_delivered_moves_the_need_on_at_once()
    {
        await ListAsync(Samples.Provider("a", 1), Samples.Provider("b", 2));
        await Service.PublishAsync(_shelter);
        var first = await OfferTo("a");
        JsonElement notice = default;
        await Instance.EventuallyAsync(async () => await PeekAsync("notification-notice") is [var found, ..] && (notice = found).ValueKind == JsonValueKind.Object, "its notice");
        var lost = new NoticeUndeliverable
        {
            EncounterId = _shelter.EncounterId,
            At = DateTimeOffset.UtcNow,
            NoticeId = notice.GetProperty("noticeId").GetGuid(),
            RequestedBy = notice.GetProperty("requestedBy").GetGuid(),
            Organization = Organization.Parse("provider:a"),
            Reason = "NO_ENDPOINT",
        };

        await Service.PublishAsync(lost);
        await Service.PublishAsync(lost with { RequestedBy = Guid.NewGuid() });

        await OfferTo("b");
        (await Conflict("a", first, "decline", new { reason = "NO_CAPACITY" })).ShouldBe("offer-withdrawn");
        await Service.PublishAsync(lost);
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from inbox where consumer = 'case-services-need'") >= 4, "all are handled");
        await OfferTo("b");
        (await PeekAsync("case-services-need_error")).ShouldBeEmpty();
    }

    [Fact]
    public async Task When_nobody_is_left_the_need_is_unfilled_and_the_county_is_told()
    {
        await ListAsync(Samples.Provider("a"), Samples.Provider("elsewhere", county: "06059"));
        await Service.PublishAsync(_shelter);
        var id = await OfferTo("a");
        (await As("a", HttpMethod.Post, $"/v1/offers/{id}/decline", new { reason = "NO_CAPACITY" })).Status.ShouldBe(200);

        await StateBecomes("UNFILLED");
        await Instance.EventuallyAsync(async () =>
            (await PeekAsync("notification-notice")).Any(n => n.GetProperty("organization").GetString() == "county:06037"), "the county's notice");

        await Service.ScalarAsync<string>("with due as (update timers set due_at = now() returning token) select pg_notify('safeharbor_relay', '')::text from due");
        await Instance.EventuallyAsync(async () =>
            (await PeekAsync("notification-notice")).Count(n => n.GetProperty("organization").GetString() == "county:06037") == 2, "it is told again");
        (await Service.ScalarAsync<string>("select string_agg(type, ' ') from timers")).ShouldBe("need.remind.v1");
    }

    [Fact]
    public async Task A_provider_that_was_too_late_takes_the_need_while_nobody_has_it_and_the_same_again_is_the_same_answer()
    {
        await ListAsync(Samples.Provider("a", 1, answerWithinSeconds: 1), Samples.Provider("b", 2));
        await Service.PublishAsync(_shelter);
        var open = await OfferTo("b");
        var first = Guid.Parse(await Service.ScalarAsync<string>("select offer_id::text from offers where provider = 'a'"));

        var (status, accepted, _) = await As("a", HttpMethod.Post, $"/v1/offers/{first}/accept");
        (status, accepted.GetProperty("state").GetString(), accepted.GetProperty("reportId").GetGuid()).ShouldBe((200, "ACCEPTED", _shelter.ReportId));
        accepted.GetProperty("offerId").GetGuid().ShouldNotBe(first, "the one that ran out stays so");
        (await As("a", HttpMethod.Post, $"/v1/offers/{first}/accept")).Body.GetRawText().ShouldBe(accepted.GetRawText());

        (await Conflict("b", open, "accept")).ShouldBe("offer-withdrawn");
        (await As("b", HttpMethod.Get, $"/v1/offers/{open}")).Body.GetProperty("reason").GetString().ShouldBe("FILLED");
        (await Service.ScalarAsync<string>("select string_agg(type, ' ') from timers")).ShouldBe("need.remind.v1", "neither offer runs out any more");
        (await Service.ScalarAsync<long>("select count(*) from ledger where action = 'offer.accepted'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_nobody_was_left_for_is_offered_again_when_a_place_is_free_and_when_the_county_asks()
    {
        await ListAsync(Samples.Provider("a"));
        await Service.PublishAsync(_shelter);
        await Decline(await OfferTo("a"));
        await StateBecomes("UNFILLED");

        var (told, need, _) = await Service.SendAsync(HttpMethod.Post, $"/v1/needs/{NeedId}/ask-again", "county:06037", "handoffs.act");
        (told, need.GetProperty("state").GetString()).ShouldBe((200, "OFFERED"));
        (await Service.SendAsync(HttpMethod.Post, $"/v1/needs/{NeedId}/ask-again", "county:06059", "handoffs.act")).Status.ShouldBe(404);
        await Decline(await OfferTo("a"));
        await StateBecomes("UNFILLED");

        (await Service.SendAsync(HttpMethod.Put, "/v1/providers/a/capacity", "provider:a", "capacity.write", new { available = new Dictionary<string, int> { ["EMERGENCY_SHELTER"] = 1 } })).Status.ShouldBe(200);
        (await As("a", HttpMethod.Post, $"/v1/offers/{await OfferTo("a")}/accept")).Status.ShouldBe(200);

        var (refused, problem, _) = await Service.SendAsync(HttpMethod.Post, $"/v1/needs/{NeedId}/ask-again", "county:06037", "handoffs.act");
        (refused, problem.GetProperty("type").GetString()!.Split('/')[^1]).ShouldBe((409, "need-taken"));
        (await Service.ScalarAsync<long>("select count(*) from ledger where action = 'need.asked-again'")).ShouldBe(1);

        async Task Decline(Guid offer) => (await As("a", HttpMethod.Post, $"/v1/offers/{offer}/decline", new { reason = "NO_CAPACITY" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_state_reads_the_needs_that_nobody_was_left_for_and_no_others()
    {
        await ListAsync(Samples.Provider("a", type: "ADVOCATE"));
        var opened = Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER", "ADVOCATE"));
        var (unfilled, offered) = (opened.Child.Needs[0].NeedId, opened.Child.Needs[1].NeedId);
        await Service.PublishAsync(opened);
        await Service.PublishAsync(Samples.HandoffAccepted(opened));
        await StateBecomes("UNFILLED", unfilled);
        await StateBecomes("OFFERED", offered);

        var (status, need, _) = await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{unfilled}", "state:ca", "handoffs.read");
        (status, need.GetProperty("state").GetString()).ShouldBe((200, "UNFILLED"));
        var (_, page, _) = await Service.SendAsync(HttpMethod.Get, "/v1/needs", "state:ca", "handoffs.read");
        page.GetProperty("items").EnumerateArray().Select(n => n.GetProperty("needId").GetGuid()).ShouldBe([unfilled]);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{offered}", "state:ca", "handoffs.read")).Status.ShouldBe(404);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{unfilled}", "state:nv", "handoffs.read")).Status.ShouldBe(403);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{unfilled}", "state:ca", "offers.act")).Status.ShouldBe(404);
        (await Service.SendAsync(HttpMethod.Get, $"/v1/needs/{unfilled}", "state:ca", "desk.act")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Needs_that_are_no_emergency_wait_for_the_county_and_other_roles_open_nothing()
    {
        await ListAsync(Samples.Provider("a", type: "MENTAL_HEALTH"));
        var opened = Samples.HandoffOpened(Samples.Child("MENTAL_HEALTH"));
        var courtesy = Samples.HandoffOpened(Samples.Child("MENTAL_HEALTH"), Role.Courtesy);
        await Service.PublishAsync(courtesy);
        await Service.PublishAsync(Samples.HandoffAccepted(courtesy));
        await Service.PublishAsync(opened);
        await StateBecomes("WAITING_FOR_COUNTY", opened.Child.Needs[0].NeedId);

        await Service.PublishAsync(Samples.HandoffAccepted(opened));

        await OfferTo("a");
        (await Service.ScalarAsync<long>("select count(*) from needs")).ShouldBe(1);
    }

    [Fact]
    public async Task An_acceptance_that_overtakes_the_opening_starts_the_need_once()
    {
        await ListAsync(Samples.Provider("a", type: "MENTAL_HEALTH"));
        var opened = Samples.HandoffOpened(Samples.Child("MENTAL_HEALTH"));

        await Service.PublishAsync(Samples.HandoffAccepted(opened));
        await OfferTo("a");
        await Service.PublishAsync(opened);

        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from inbox") == 4, "all are handled");
        (await Service.ScalarAsync<long>("select count(*) from offers")).ShouldBe(1);
        await StateBecomes("OFFERED", opened.Child.Needs[0].NeedId);
    }

    [Fact]
    public async Task Every_message_again_and_a_report_that_is_routed_again_change_nothing()
    {
        await ListAsync(Samples.Provider("a", 1), Samples.Provider("b", 2));
        var (openedId, acceptedId) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await Service.PublishAsync(_shelter, openedId);
            await Service.PublishAsync(Samples.HandoffAccepted(_shelter), acceptedId);
        }
        await Service.PublishAsync(_shelter with { HandoffId = Guid.NewGuid(), Organization = Organization.Parse("county:06059") });

        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from inbox") == 4, "each message once in each inbox");
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from outbox") == 0, "the outbox empties");
        (await Service.ScalarAsync<long>("select count(*) from offers")).ShouldBe(1);
        (await Service.ScalarAsync<string>("select responder from needs")).ShouldBe("county:06037");
        (await PeekAsync("notification-notice")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_acceptances_at_once_one_has_an_effect_and_all_get_the_same_answer()
    {
        await ListAsync(Samples.Provider("a"));
        await Service.PublishAsync(_shelter);
        var id = await OfferTo("a");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => As("a", HttpMethod.Post, $"/v1/offers/{id}/accept")));

        answers.ShouldAllBe(a => a.Status == 200);
        answers.Select(a => a.Body.GetRawText()).Distinct().Count().ShouldBe(1);
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from outbox") == 0, "the outbox empties");
        (await PeekAsync("intake-disclosure")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_acceptance_that_races_the_expiry_is_taken_once_in_time_or_late()
    {
        await ListAsync(Samples.Provider("a"));
        var opened = Samples.HandoffOpened(Samples.Child([.. Enumerable.Repeat("EMERGENCY_SHELTER", 8)]));
        await Service.PublishAsync(opened);
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from offers") == 8, "eight offers");
        var (_, page, _) = await As("a", HttpMethod.Get, "/v1/offers");
        var offers = page.GetProperty("items").EnumerateArray().Select(o => (Id: o.GetProperty("offerId").GetGuid(), Need: o.GetProperty("needId").GetGuid())).ToList();

        await Service.ScalarAsync<string>("with due as (update timers set due_at = now() returning token) select pg_notify('safeharbor_relay', '')::text from due");
        var late = 0;
        foreach (var (id, need) in offers)
        {
            var (status, accepted, _) = await As("a", HttpMethod.Post, $"/v1/offers/{id}/accept");
            (status, accepted.GetProperty("state").GetString(), accepted.GetProperty("needId").GetGuid()).ShouldBe((200, "ACCEPTED", need));
            var isLate = accepted.GetProperty("offerId").GetGuid() != id;
            late += isLate ? 1 : 0;
            await StateBecomes("ACCEPTED", need);
            (await Service.ScalarAsync<string>($"select state from offers where offer_id = '{id}'")).ShouldBe(isLate ? "EXPIRED" : "ACCEPTED", "what is settled stays so");
        }

        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from outbox") == 0, "the outbox empties");
        (await Service.ScalarAsync<long>("select count(*) from offers")).ShouldBe(8 + late);
        (await PeekAsync("intake-disclosure")).Count.ShouldBe(8);
        (await PeekAsync("intake-timeline")).Count(m => m.TryGetProperty("responder", out _) && !m.TryGetProperty("type", out _))
            .ShouldBe(late, "those that were late had been told to the county as unfilled");
    }

    [Fact]
    public async Task Another_providers_offer_does_not_exist_and_a_refusal_needs_a_known_reason()
    {
        await ListAsync(Samples.Provider("a"), Samples.Provider("b", 2));
        await Service.PublishAsync(_shelter);
        var id = await OfferTo("a");

        (await As("b", HttpMethod.Get, $"/v1/offers/{id}")).Status.ShouldBe(404);
        (await As("b", HttpMethod.Post, $"/v1/offers/{id}/accept")).Status.ShouldBe(404);
        (await As("b", HttpMethod.Get, "/v1/offers")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Service.SendAsync(HttpMethod.Get, "/v1/offers", "county:06037", "offers.act")).Status.ShouldBe(403);
        (await Service.SendAsync(HttpMethod.Get, "/v1/needs", "provider:a", "capacity.write")).Status.ShouldBe(403);

        foreach (var body in new object[] { new { reason = "BUSY" }, new { } })
        {
            var (status, problem, _) = await As("a", HttpMethod.Post, $"/v1/offers/{id}/decline", body);
            status.ShouldBe(400);
            var error = problem.GetProperty("errors")[0];
            error.GetProperty("pointer").GetString().ShouldBe("/reason");
            error.GetProperty("detail").GetString()!.ShouldContain("SAFETY_CONFLICT");
        }
        await StateBecomes("OFFERED");
    }

    [Fact]
    public async Task Offers_come_in_pages_by_cursor()
    {
        await ListAsync(Samples.Provider("a"));
        await Service.PublishAsync(Samples.HandoffOpened(Samples.Child([.. Enumerable.Repeat("EMERGENCY_SHELTER", 5)])));
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from offers") == 5, "five offers");

        var seen = new List<Guid>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var (_, page, _) = await As("a", HttpMethod.Get, $"/v1/offers?limit=2{(after is null ? "" : $"&after={after}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("offerId").GetGuid()));
            next = page.GetProperty("next").GetString();
        }
        seen.Distinct().Count().ShouldBe(5);
        seen.Count.ShouldBe(5);
        (await As("a", HttpMethod.Get, "/v1/offers?limit=0&state=NEW")).Body.GetProperty("errors").GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [InlineData("/v1/needs?report=018f6f2e-0000-7000-8000-000000000000", "report unknown-parameter", "Did you mean `reportId`?")]
    [InlineData("/v1/needs?reportId=7", "reportId wrong-form", "UUID")]
    [InlineData("/v1/needs?since=2026-11-29T10:00:00", "since offset-missing", "2026-11-21T07:10:00Z")]
    [InlineData("/v1/needs?open=yes", "open wrong-form", "true")]
    [InlineData("/v1/needs?state=ACCEPTED&state=ENGAGED", "state duplicate-parameter", "Give it once.")]
    [InlineData("/v1/needs?state=accepted", "state unknown-value", "Did you mean `ACCEPTED`?")]
    [InlineData("/v1/offers?state=NEW", "state unknown-value", "Known are OFFERED")]
    public async Task A_list_is_never_of_something_else_than_was_asked_for(string path, string error, string says)
    {
        var (status, problem, _) = await As("a", HttpMethod.Get, path);

        status.ShouldBe(400);
        var only = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        $"{only.GetProperty("parameter")} {only.GetProperty("code")}".ShouldBe(error);
        only.GetProperty("detail").GetString()!.ShouldContain(says);
    }
}
