using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>The state machine as a table: every state and every event.</summary>
public sealed class NeedMachineTests
{
    // What is not listed changes nothing and says nothing.
    private static readonly Dictionary<(string State, string Event), (string State, string Messages, int Timers)> Effects = new()
    {
        [("Initial", "opened")] = ("WaitingForCounty", "", 0),
        [("Initial", "opened emergency")] = ("Offered", "OfferMade NoticeRequested", 1),
        [("Initial", "released")] = ("Offered", "OfferMade NoticeRequested", 1),
        [("WaitingForCounty", "released")] = ("Offered", "OfferMade NoticeRequested", 1),
        [("Offered", "accept")] = ("Accepted", "OfferAccepted DisclosureGranted", 1),
        [("Offered", "decline")] = ("Offered", "OfferDeclined OfferMade NoticeRequested", 1),
        [("Offered", "ran out")] = ("Offered", "OfferExpired OfferMade NoticeRequested", 1),
        [("Offered", "notice lost")] = ("Offered", "OfferWithdrawn OfferMade NoticeRequested", 1),
        [("Offered", "accept late")] = ("Accepted", "NoticeRequested OfferWithdrawn OfferMade OfferAccepted DisclosureGranted", 1),
        [("Unfilled", "accept late")] = ("Accepted", "OfferMade OfferAccepted DisclosureGranted", 1),
        [("Unfilled", "ask again")] = ("Offered", "OfferMade NoticeRequested", 1),
        [("Accepted", "renew access")] = ("Accepted", "DisclosureGranted", 0),
        [("Engaged", "renew access")] = ("Engaged", "DisclosureGranted", 0),
        [("Accepted", "end access")] = ("Accepted", "DisclosureEnded", 0),
        [("Engaged", "end access")] = ("Engaged", "DisclosureEnded", 0),
        [("Completed", "end access")] = ("Completed", "DisclosureEnded", 0),
        [("Accepted", "remind")] = ("Accepted", "NoticeRequested", 1),
        [("Accepted", "county notice lost")] = ("Accepted", "NoticeRequested", 0),
        [("Accepted", "engage")] = ("Engaged", "NeedEngaged", 0),
        [("Accepted", "complete")] = ("Completed", "NeedCompleted", 0),
        [("Engaged", "complete")] = ("Completed", "NeedCompleted", 0),
        [("Accepted", "supplemented")] = ("Accepted", "NoticeRequested", 0),
        [("Engaged", "supplemented")] = ("Engaged", "NoticeRequested", 0),
        [("Completed", "supplemented")] = ("Completed", "NoticeRequested", 0),
        [("Offered", "retracted")] = ("Offered", "NoticeRequested", 0),
        [("Accepted", "retracted")] = ("Accepted", "NoticeRequested", 0),
        [("Engaged", "retracted")] = ("Engaged", "NoticeRequested", 0),
        [("Unfilled", "remind")] = ("Unfilled", "NoticeRequested", 1),
        [("Unfilled", "county notice lost")] = ("Unfilled", "NoticeRequested", 0),
    };

    // Requests that the state does not allow, and what cannot come before a need has begun.
    private static readonly HashSet<(string State, string Event)> Refused =
    [
        .. Walk.Events.Where(e => !e.StartsWith("opened", StringComparison.Ordinal) && e != "released").Select(e => ("Initial", e)),
        .. from state in new[] { "WaitingForCounty", "Offered", "Unfilled" } from e in new[] { "engage", "complete" } select (state, e),
        .. from e in new[] { "accept", "accept stale", "accept late", "decline", "decline stale" } select ("WaitingForCounty", e),
        .. from state in new[] { "WaitingForCounty", "Accepted", "Engaged", "Completed" } select (state, "ask again"),
        .. from state in new[] { "WaitingForCounty", "Offered", "Unfilled", "Completed" } select (state, "renew access"),
        .. from state in new[] { "WaitingForCounty", "Offered", "Unfilled" } select (state, "end access"),
        ("Completed", "engage"),
    ];

    public static TheoryData<string, string> All()
    {
        var all = new TheoryData<string, string>();
        foreach (var state in Walk.States)
            foreach (var name in Walk.Events)
                all.Add(state, name);
        return all;
    }

    [Theory, MemberData(nameof(All))]
    public async Task Every_event_in_every_state_does_what_the_table_says(string state, string name)
    {
        var walk = await Walk.ToAsync(state);
        var (expected, messages, timers) = Effects.GetValueOrDefault((state, name), (state, "", 0));

        (await walk.RaiseAsync(name)).ShouldBe(!Refused.Contains((state, name)), "whether the state takes the event");

        walk.State.ShouldBe(expected);
        walk.Messages.ShouldBe(messages);
        walk.Unit.Timers.Count().ShouldBe(timers);
    }

    [Fact]
    public async Task A_provider_that_has_accepted_is_told_what_is_added_for_whoever_meets_the_child_as_long_as_it_reads()
    {
        var walk = await Walk.ToAsync("Engaged");

        await walk.RaiseAsync("supplemented");
        (walk.Single<NoticeRequested>().Type, walk.Single<NoticeRequested>().Organization.Text, walk.Single<NoticeRequested>().Subject).ShouldBe(("offer.supplemented.v1", "provider:first", walk.Need.OfferId!.Value));
        await walk.RaiseAsync("end access");
        await walk.RaiseAsync("supplemented");
        walk.Messages.ShouldBe("");
    }

    [Fact]
    public async Task Whoever_is_asked_next_is_asked_by_what_is_known_by_then()
    {
        var walk = await Walk.ToAsync("Offered");

        await walk.RaiseAsync("supplemented");
        await walk.RaiseAsync("supplemented for the county");
        await walk.RaiseAsync("decline");

        (walk.Need.GuardianUnsafe, walk.Need.Urgency, walk.Single<OfferMade>().Provider).ShouldBe((true, Urgencies.Immediate, "second"));
    }

    [Fact]
    public async Task A_retraction_is_told_once_to_whoever_is_asked_and_takes_nothing_back()
    {
        var walk = await Walk.ToAsync("Offered");

        await walk.RaiseAsync("retracted");
        (walk.Single<NoticeRequested>().Type, walk.Single<NoticeRequested>().Organization.Text, walk.Need.RetractedAt).ShouldBe(("offer.retracted.v1", "provider:first", Walk.Now));
        await walk.RaiseAsync("retracted");
        walk.Messages.ShouldBe("");
        (await walk.RaiseAsync("accept")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_offer_tells_the_provider_no_more_than_ids_urgency_and_due_time()
    {
        var walk = await Walk.ToAsync("Offered");

        var made = walk.Single<OfferMade>();
        made.Provider.ShouldBe("first");
        made.ExpiresAt.ShouldBe(Walk.Now.AddSeconds(60), "the contract's time for an answer");
        var notice = walk.Single<NoticeRequested>();
        (notice.Organization.Text, notice.Type, notice.Subject, notice.RequestedBy, notice.DueAt).ShouldBe(
            ("provider:first", "offer.made.v1", made.OfferId, walk.Need.CorrelationId, made.ExpiresAt));
        notice.ReportId.ShouldBeNull();
        var (message, delay) = walk.Unit.Timers.ShouldHaveSingleItem();
        message.ShouldBe(new OfferRanOut(walk.Need.EncounterId, walk.Need.CorrelationId, made.OfferId));
        delay.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_acceptance_grants_the_provider_tier_one_until_thirty_days_after_the_report()
    {
        var walk = await Walk.ToAsync("Offered");
        await walk.RaiseAsync("accept");

        var grant = walk.Single<DisclosureGranted>();
        (grant.Organization.Text, grant.Tier, grant.ExpiresAt, grant.ReportId).ShouldBe(("provider:first", "T1", Samples.ReportedAt.AddDays(30), walk.Need.ReportId));
        grant.LegalBasis.ShouldBe(RuleUses.ProviderGrant);
        walk.Need.AcceptedBy.ShouldBe("first");
    }

    [Fact]
    public async Task Thirty_days_after_the_report_an_acceptance_grants_nothing_any_more()
    {
        var walk = await Walk.ToAsync("Offered");
        walk.Need.ReportedAt = Walk.Now.AddDays(-30);
        await walk.RaiseAsync("accept");

        walk.Unit.Messages.OfType<DisclosureGranted>().ShouldBeEmpty();
        walk.Single<OfferAccepted>().Provider.ShouldBe("first");
    }

    [Fact]
    public async Task What_the_county_has_ended_it_can_give_anew_and_what_it_has_renewed_it_can_end()
    {
        var walk = await Walk.ToAsync("Accepted");
        var first = walk.Single<DisclosureGranted>().GrantId;
        await walk.RaiseAsync("end access");
        (walk.Single<DisclosureEnded>().GrantId, walk.Need.ReadsUntil).ShouldBe((first, null));
        await walk.RaiseAsync("end access");
        walk.Messages.ShouldBeEmpty("it has ended");

        await walk.RaiseAsync("renew access");
        var second = walk.Single<DisclosureGranted>();
        (second.GrantId == first, second.ExpiresAt, second.Organization.Text, walk.Need.ReadsUntil).ShouldBe((false, Walk.Now.AddDays(30), "provider:first", second.ExpiresAt));
        await walk.RaiseAsync("renew access");
        walk.Messages.ShouldBeEmpty("on the same day there is nothing to renew");
        await walk.RaiseAsync("end access");
        walk.Unit.Messages.OfType<DisclosureEnded>().Select(ended => ended.GrantId).ShouldContain(second.GrantId);
    }

    [Theory]
    [InlineData(-1, true), InlineData(0, true), InlineData(1, false)]
    public async Task Less_than_a_day_is_no_renewal(int seconds, bool isRenewed)
    {
        var walk = await Walk.ToAsync("Accepted");
        walk.Need.ReadsUntil = Walk.Now.AddDays(29).AddSeconds(seconds);

        await walk.RaiseAsync("renew access");

        (walk.Messages, walk.Need.Renewals).ShouldBe(isRenewed ? ("DisclosureGranted", 1) : ("", 0));
    }

    [Theory]
    [InlineData(-1, ""), InlineData(0, ""), InlineData(1, "NoticeRequested")]
    public async Task Whoever_reads_no_longer_is_not_told_that_there_is_more_to_read(int seconds, string messages)
    {
        var walk = await Walk.ToAsync("Engaged");
        walk.Need.ReadsUntil = Walk.Now.AddSeconds(seconds);

        await walk.RaiseAsync("supplemented");

        walk.Messages.ShouldBe(messages);
    }

    [Fact]
    public async Task Grants_are_found_by_ids_that_never_change()
    {
        var walk = await Walk.ToAsync("Accepted");
        Guid Id(string name) => Messaging.DeterministicId.Of(walk.Need.OfferId!.Value, name);

        walk.Single<DisclosureGranted>().GrantId.ShouldBe(Id("grant"));
        walk.Need.ChangedAt = default;
        await walk.RaiseAsync("renew access");
        (walk.Single<DisclosureGranted>().GrantId, walk.Single<DisclosureGranted>().At, walk.Need.ChangedAt).ShouldBe((Id("grant 1"), Walk.Now, Walk.Now));
        walk.Need.ChangedAt = default;
        await walk.RaiseAsync("end access");
        walk.Need.ChangedAt.ShouldBe(Walk.Now);
    }

    [Fact]
    public async Task What_the_county_ends_ends_with_the_grants_before_a_renewal_which_may_still_run()
    {
        var walk = await Walk.ToAsync("Accepted");
        var first = walk.Single<DisclosureGranted>().GrantId;
        await walk.RaiseAsync("renew access");
        var second = walk.Single<DisclosureGranted>().GrantId;

        await walk.RaiseAsync("end access");

        walk.Unit.Messages.OfType<DisclosureEnded>().Select(ended => ended.GrantId).ShouldBe([first, second]);
    }

    [Fact]
    public async Task When_nobody_is_left_the_county_is_told_and_when_it_cannot_be_the_state_is()
    {
        var walk = await Walk.ToAsync("Unfilled");

        walk.Messages.ShouldBe("OfferDeclined NeedUnfilled NoticeRequested");
        var toCounty = walk.Single<NoticeRequested>();
        (toCounty.Organization.Text, toCounty.Type, toCounty.Subject).ShouldBe(("county:06037", "need.unfilled.v1", walk.Need.CorrelationId));
        walk.Need.OfferId.ShouldBeNull();
        walk.Need.Asked.ShouldBe([new("first", Walk.Now, "NO_CAPACITY"), new("second", Walk.Now, "NO_CAPACITY")]);

        await walk.RaiseAsync("county notice lost");
        walk.Single<NoticeRequested>().Organization.Text.ShouldBe("state:ca");
        walk.Need.StateTold.ShouldBeTrue("its link leads somewhere");
    }

    [Fact]
    public async Task The_state_reads_a_need_without_contact_once_it_was_told_of_it()
    {
        var walk = await Walk.ToAsync("Accepted");
        walk.Need.StateTold.ShouldBeFalse();

        await walk.RaiseAsync("county notice lost");

        (walk.Single<NoticeRequested>().Organization.Text, walk.Single<NoticeRequested>().Type, walk.Need.StateTold).ShouldBe(("state:ca", "need.unengaged.v1", true));
    }

    [Theory, InlineData("rank again"), InlineData("remind")]
    public async Task A_provider_is_asked_again_once_what_the_directory_says_of_it_has_changed(string occasion)
    {
        var directory = Walk.Directory("first", "second");
        var walk = new Walk(directory);
        foreach (var step in new[] { "opened emergency", "decline", "ran out", "rank again" })
            await walk.RaiseAsync(step);
        walk.State.ShouldBe("Unfilled", "nothing has changed");
        Walk.Change(directory, "second");
        walk.Need.ChangedAt = default;

        await walk.RaiseAsync(occasion);

        (walk.State, walk.Single<OfferMade>().Provider, walk.Need.Reminder, walk.Need.ChangedAt).ShouldBe(("Offered", "second", null, Walk.Now));
        walk.Need.Asked.Select(a => a.Provider).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task What_has_changed_while_others_were_asked_is_asked_about_after_the_county_was_told()
    {
        var directory = Walk.Directory("first", "second");
        var walk = new Walk(directory);
        await walk.RaiseAsync("opened emergency");
        await walk.RaiseAsync("decline");
        Walk.Change(directory, "first");
        await walk.RaiseAsync("decline");

        walk.State.ShouldBe("Unfilled");
        walk.Messages.ShouldBe("OfferDeclined NeedUnfilled NoticeRequested RankNeedAgain");
        await walk.RaiseAsync("rank again");
        walk.Single<OfferMade>().Provider.ShouldBe("first");
    }

    [Fact]
    public async Task A_county_that_asks_again_asks_everybody_save_who_must_not_have_the_child()
    {
        var walk = new Walk(Walk.Directory("a", "b", "c"));
        foreach (var step in new[] { "opened emergency", "decline conflict", "decline", "decline" })
            await walk.RaiseAsync(step);
        walk.State.ShouldBe("Unfilled");

        await walk.RaiseAsync("ask again");

        walk.Single<OfferMade>().Provider.ShouldBe("b");
        walk.Need.Asked.Select(a => a.Provider).ShouldBe(["a", "b"]);
        (walk.Need.OfferedTo, walk.Need.OfferedAt, walk.Need.OfferExpiresAt, walk.Need.ChangedAt).ShouldBe(("b", Walk.Now, Walk.Now.AddSeconds(120), Walk.Now));
    }

    [Fact]
    public async Task When_nobody_is_left_there_is_no_offer()
    {
        var walk = await Walk.ToAsync("Unfilled");

        (walk.Need.OfferId, walk.Need.OfferedTo, walk.Need.OfferedAt, walk.Need.OfferExpiresAt).ShouldBe((null, null, null, null));
        (walk.Single<NeedUnfilled>().Responder.Text, walk.Single<NeedUnfilled>().At).ShouldBe(("county:06037", Walk.Now));
    }

    [Theory, InlineData("ask again"), InlineData("rank again"), InlineData("accept late")]
    public async Task Who_must_not_have_the_child_does_not_get_it_whatever_changes(string occasion)
    {
        var directory = Walk.Directory("second");
        var walk = new Walk(directory);
        await walk.RaiseAsync("opened emergency");
        await walk.RaiseAsync("decline conflict");
        Walk.Change(directory, "second");

        await walk.RaiseAsync(occasion);

        (walk.State, walk.Messages).ShouldBe(("Unfilled", ""));
    }

    [Fact]
    public async Task Who_must_not_have_the_child_does_not_get_it_among_others_who_were_asked_either()
    {
        var walk = await Walk.ToAsync("Offered");
        await walk.RaiseAsync("decline");
        await walk.RaiseAsync("decline conflict");

        await walk.RaiseAsync("accept late");

        (walk.State, walk.Messages).ShouldBe(("Unfilled", ""));
    }

    [Theory]
    [InlineData(-1, true), InlineData(0, true), InlineData(1, false)]
    public void What_the_directory_said_by_the_time_of_asking_was_known_then(int seconds, bool isUnchanged)
    {
        var listed = Samples.Provider("a").Listed() with { ChangedAt = Walk.Now.AddSeconds(seconds) };

        (new AskedProvider("a", Walk.Now).IsUnchanged(listed), new AskedProvider("a", Walk.Now).IsUnchanged(null)).ShouldBe((isUnchanged, true));
    }

    [Fact]
    public async Task Without_a_contract_a_late_acceptance_is_none()
    {
        var directory = Walk.Directory("first", "second");
        var walk = new Walk(directory);
        await walk.RaiseAsync("opened emergency");
        directory.Load([("first", Samples.Provider("first").Listed())]);

        await walk.RaiseAsync("accept late");

        (walk.State, walk.Messages).ShouldBe(("Offered", ""));
    }

    [Fact]
    public async Task An_acceptance_that_is_late_takes_the_open_offer_back_and_is_an_offer_of_its_own()
    {
        var walk = await Walk.ToAsync("Offered");
        var open = walk.Need.OfferId;

        await walk.RaiseAsync("accept late");

        (walk.Single<OfferWithdrawn>().OfferId, walk.Single<OfferWithdrawn>().Reason).ShouldBe((open!.Value, "FILLED"));
        (walk.Single<NoticeRequested>().Organization.Text, walk.Single<NoticeRequested>().Type).ShouldBe(("provider:first", "offer.withdrawn.v1"));
        walk.Single<OfferMade>().OfferId.ShouldBe(walk.Single<OfferAccepted>().OfferId);
        (walk.Need.AcceptedBy, walk.Need.OfferId).ShouldBe(("second", walk.Single<OfferAccepted>().OfferId));
        walk.Single<DisclosureGranted>().Organization.Text.ShouldBe("provider:second");
    }

    [Theory, InlineData("opened emergency", 2), InlineData("released", 24)]
    public async Task A_provider_that_accepted_and_makes_no_contact_wakes_the_county_until_it_does(string begun, int hours)
    {
        var walk = new Walk();
        await walk.RaiseAsync(begun);
        await walk.RaiseAsync("accept");
        var notices = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var (message, delay) = walk.Unit.Timers.ShouldHaveSingleItem();
            delay.ShouldBe(TimeSpan.FromHours(hours));
            message.ShouldBeOfType<RemindOfNeed>().Reminder.ShouldBe(walk.Need.Reminder!.Value);
            await walk.RaiseAsync("remind");
            var notice = walk.Single<NoticeRequested>();
            (notice.Organization.Text, notice.Type, notice.Subject, notice.DueAt).ShouldBe(("county:06037", "need.unengaged.v1", walk.Need.CorrelationId, Walk.Now));
            notices.Add(notice.NoticeId);
        }
        notices.Distinct().Count().ShouldBe(3, "each is a notice of its own");

        await walk.RaiseAsync("engage");
        walk.Need.Reminder.ShouldBeNull();
    }

    [Fact]
    public async Task An_unfilled_need_tells_the_county_every_half_hour()
    {
        var walk = await Walk.ToAsync("Unfilled");
        var notices = new List<Guid> { walk.Single<NoticeRequested>().NoticeId };
        for (var i = 0; i < 3; i++)
        {
            walk.Unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(TimeSpan.FromMinutes(30));
            await walk.RaiseAsync("remind");
            var notice = walk.Single<NoticeRequested>();
            (notice.Organization.Text, notice.Type).ShouldBe(("county:06037", "need.unfilled.v1"));
            notices.Add(notice.NoticeId);
        }
        notices.Distinct().Count().ShouldBe(4, "each is a notice of its own");
    }

    [Fact]
    public async Task A_release_that_overtakes_its_opening_starts_the_need_and_the_opening_changes_nothing()
    {
        var walk = new Walk();
        await walk.RaiseAsync("released");
        (walk.State, walk.Need.Type, walk.Need.CountyFips.Text).ShouldBe(("Offered", "EMERGENCY_SHELTER", "06037"));

        await walk.RaiseAsync("opened");

        walk.State.ShouldBe("Offered");
        walk.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_provider_is_asked_after_each_silence_and_nobody_twice()
    {
        var walk = new Walk(Walk.Directory("a", "b", "c"));
        await walk.RaiseAsync("opened emergency");
        var asked = new List<string> { walk.Single<OfferMade>().Provider };
        while (walk.State == "Offered")
        {
            await walk.RaiseAsync("ran out");
            asked.AddRange(walk.Unit.Messages.OfType<OfferMade>().Select(m => m.Provider));
        }
        asked.ShouldBe(["a", "b", "c"]);
        walk.State.ShouldBe("Unfilled");
    }

    [Fact]
    public async Task A_directory_that_is_not_loaded_yet_leaves_the_message_for_another_attempt()
    {
        var machine = new NeedMachine(new(new(TestStates.California), new(), new("case-services"), TestStates.California, TimeProvider.System));
        var failure = await Should.ThrowAsync<Exception>(() => Messaging.Sagas.SagaStep.RaiseAsync(machine, new Need(), machine.Opened, Samples.Opened(),
            new(), cancellation: TestContext.Current.CancellationToken));
        failure.GetBaseException().ShouldBeOfType<TimeoutException>("a passing failure is tried again");
    }
}
