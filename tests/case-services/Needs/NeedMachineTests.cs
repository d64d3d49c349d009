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
        [("Accepted", "remind")] = ("Accepted", "NoticeRequested", 1),
        [("Accepted", "county notice lost")] = ("Accepted", "NoticeRequested", 0),
        [("Accepted", "engage")] = ("Engaged", "NeedEngaged", 0),
        [("Accepted", "complete")] = ("Completed", "NeedCompleted", 0),
        [("Engaged", "complete")] = ("Completed", "NeedCompleted", 0),
        [("Unfilled", "remind")] = ("Unfilled", "NoticeRequested", 1),
        [("Unfilled", "county notice lost")] = ("Unfilled", "NoticeRequested", 0),
    };

    // Requests that the state does not allow, and what cannot come before a need has begun.
    private static readonly HashSet<(string State, string Event)> Refused =
    [
        .. Walk.Events.Where(e => !e.StartsWith("opened", StringComparison.Ordinal) && e != "released").Select(e => ("Initial", e)),
        .. from state in new[] { "WaitingForCounty", "Offered", "Unfilled" } from e in new[] { "engage", "complete" } select (state, e),
        .. from e in new[] { "accept", "accept stale", "decline", "decline stale" } select ("WaitingForCounty", e),
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
    public async Task An_offer_tells_the_provider_no_more_than_ids_urgency_and_due_time()
    {
        var walk = await Walk.ToAsync("Offered");

        var made = walk.Single<OfferMade>();
        made.Provider.ShouldBe("first");
        made.ExpiresAt.ShouldBe(Walk.Now.AddSeconds(60), "the contract's time for an answer");
        var notice = walk.Single<NoticeRequested>();
        (notice.Organization, notice.Type, notice.Subject, notice.RequestedBy, notice.DueAt).ShouldBe(
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
        (grant.Organization, grant.Tier, grant.ExpiresAt, grant.ReportId).ShouldBe(("provider:first", "T1", Samples.ReportedAt.AddDays(30), walk.Need.ReportId));
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
    public async Task When_nobody_is_left_the_county_is_told_and_when_it_cannot_be_the_state_is()
    {
        var walk = await Walk.ToAsync("Unfilled");

        walk.Messages.ShouldBe("OfferDeclined NeedUnfilled NoticeRequested");
        var toCounty = walk.Single<NoticeRequested>();
        (toCounty.Organization, toCounty.Type, toCounty.Subject).ShouldBe(("county:06037", "need.unfilled.v1", walk.Need.CorrelationId));
        walk.Need.OfferId.ShouldBeNull();
        walk.Need.Asked.ShouldBe(["first", "second"]);

        await walk.RaiseAsync("county notice lost");
        walk.Single<NoticeRequested>().Organization.ShouldBe("state:ca");
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
            (notice.Organization, notice.Type, notice.Subject, notice.DueAt).ShouldBe(("county:06037", "need.unengaged.v1", walk.Need.CorrelationId, Walk.Now));
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
            (notice.Organization, notice.Type).ShouldBe(("county:06037", "need.unfilled.v1"));
            notices.Add(notice.NoticeId);
        }
        notices.Distinct().Count().ShouldBe(4, "each is a notice of its own");
    }

    [Fact]
    public async Task A_release_that_overtakes_its_opening_starts_the_need_and_the_opening_changes_nothing()
    {
        var walk = new Walk();
        await walk.RaiseAsync("released");
        (walk.State, walk.Need.Type, walk.Need.CountyFips).ShouldBe(("Offered", "EMERGENCY_SHELTER", "06037"));

        await walk.RaiseAsync("opened");

        walk.State.ShouldBe("Offered");
        walk.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_provider_is_asked_after_each_silence_and_nobody_twice()
    {
        var walk = new Walk("a", "b", "c");
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
