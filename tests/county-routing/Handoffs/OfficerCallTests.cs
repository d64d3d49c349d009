using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>The clock that the officer's call starts, by Los Angeles's sample pack: which call starts it, from when it runs, what is told, and what ends it.</summary>
public sealed class OfficerCallTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    // Ten minutes before the report.
    private static readonly DateTimeOffset Call = Now.AddMinutes(-10), Due = Call.AddMinutes(90);
    private static readonly Organization LosAngeles = Organization.Parse("county:06037"), Orange = Organization.Parse("county:06059");
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();
    private int _recorded;

    public OfficerCallTests()
    {
        Publish(Pack);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, _clock);
    }

    private static ProtocolPack Pack => Maps.SamplePacks.Single(pack => pack.CountyFips.Text == "06037") with { DowngradeNeedsSecondPerson = false };

    private void Publish(ProtocolPack pack) => _directory.Load([("06037", pack)]);

    private HandoffView View => HandoffView.Of(_handoff, TestStates.California.Law);
    private T? Said<T>() where T : class => _unit.Messages.OfType<T>().SingleOrDefault();

    private Task<bool> Raise<T>(Event<T> @event, T message, Guid? token = null) where T : class
    {
        _unit = new();
        return SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, timerToken: token, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> Open(Role role = Role.Responder, Referral? referral = null) => Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Role = role, Referral = referral });
    private Task<bool> Accept() => Raise(_machine.AcceptRequested, new("worker-1"));
    private Task<bool> Determine(string level, string? reason = null) => Raise(_machine.DetermineRequested, new(level, reason, "worker-1"));
    private Task<bool> InPerson(DateTimeOffset at) => Raise(_machine.InPersonRequested, new(at));
    private Task<bool> Refer() => Raise(_machine.ReferOnRequested, new(Orange, ReferralReasons.ChildIsThere, "worker-1"));

    /// <summary>A call is recorded, later than any before.</summary>
    private Task<bool> Called(DateTimeOffset? at = null, Organization? to = null, int? record = null) => Raise(_machine.OfficerCalled, new()
    {
        EncounterId = _handoff.EncounterId,
        At = Now.AddSeconds(record ?? ++_recorded),
        ReportId = _handoff.ReportId,
        HandoffId = _handoff.CorrelationId,
        Organization = LosAngeles,
        CalledAt = at ?? Call,
        Called = to,
    });

    private Task<bool> SilenceAsync(DateTimeOffset at)
    {
        _clock.SetUtcNow(at);
        return Raise(_machine.Silence.AnyReceived, new(_handoff.EncounterId, _handoff.CorrelationId), _handoff.SilenceToken);
    }

    [Fact]
    public async Task It_runs_from_the_call_whenever_that_is_recorded_and_is_said_and_shown_with_its_rule()
    {
        await Open();
        _clock.Advance(TimeSpan.FromMinutes(40));

        await Called();

        Said<HandoffCallCounted>()!.ShouldSatisfyAllConditions(m => m.CalledAt.ShouldBe(Call), m => m.InPersonBy.ShouldBe(Due), m => m.Rule.ShouldBe("ON_SCENE_RESPONSE"), m => m.Law.ShouldBe("la-first-responder"));
        View.CalledResponse.ShouldBe(new() { Rule = "ON_SCENE_RESPONSE", Law = "la-first-responder", CalledAt = Call, InPersonBy = Due });
        View.Rules.ShouldContain(rule => rule.RuleId == "la-first-responder" && rule.Kind == RuleKinds.Protocol);
        (View.State, View.DueAt).ShouldBe(("OPEN", _handoff.AcknowledgeBy), "that somebody sees it is due sooner");
    }

    [Theory]
    [InlineData("Open"), InlineData("Notified"), InlineData("Acknowledged"), InlineData("Accepted"), InlineData("ResponseDetermined"), InlineData("Referring")]
    public async Task It_starts_in_every_state_in_which_the_county_responds(string state)
    {
        var handoff = await RefusalTests.InAsync(_machine, state);
        _unit = new();

        await SagaStep.RaiseAsync(_machine, handoff, _machine.OfficerCalled, new() { EncounterId = handoff.EncounterId, At = Now, ReportId = handoff.ReportId, HandoffId = handoff.CorrelationId, Organization = LosAngeles, CalledAt = Call }, _unit, cancellation: TestContext.Current.CancellationToken);

        (handoff.CurrentState, handoff.SeenAfterCallBy, handoff.SilenceToken is null).ShouldBe((state, Due, false));
        _unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(handoff.DueAt!.Value - Now, TimeSpan.FromSeconds(2), "the one timer waits for what is due first");
    }

    [Theory]
    [InlineData("Withdrawn"), InlineData("ReferredOn"), InlineData("Closed")]
    public async Task Where_the_county_does_not_respond_any_more_nothing_starts(string state)
    {
        var handoff = await RefusalTests.InAsync(_machine, state);
        _unit = new();

        await SagaStep.RaiseAsync(_machine, handoff, _machine.OfficerCalled, new() { EncounterId = handoff.EncounterId, At = Now, ReportId = handoff.ReportId, HandoffId = handoff.CorrelationId, Organization = LosAngeles, CalledAt = Call }, _unit, cancellation: TestContext.Current.CancellationToken);

        (handoff.CurrentState, handoff.CalledResponse, handoff.DueAt).ShouldBe((state, null, null));
        (_unit.Messages.Count(), _unit.Timers.Count()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_pack_without_such_a_clock_owes_nothing_and_a_day_ends_with_the_states_day()
    {
        Publish(Pack with { Clocks = [.. Pack.Clocks.Where(clock => clock.Start != ClockStarts.OfficerCalled)] });
        await Open();
        await Called();
        (_handoff.CalledResponse, Said<HandoffCallCounted>()).ShouldBe((null, null));

        Publish(Pack with { Clocks = [new("NEXT_DAY", "limit-set-here", ClockStarts.OfficerCalled, WithinDays: 1)] });
        await Raise(_machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_handoff, Now));
        await Open(referral: new() { HandoffId = Guid.NewGuid(), Hops = [new(Orange, LosAngeles, ReferralReasons.ChildIsThere, Call.AddMinutes(-1))] });

        // The end of November 21 in California.
        _handoff.CalledResponse!.InPersonBy.ShouldBe(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), "it is the pack of the opening");
    }

    /// <summary>Calls as minutes from the report, each with whom it was to where that was said, in the order of their records; and the one that counts.</summary>
    [Theory]
    [InlineData("-10", -10)]
    [InlineData("-10 county:06037", -10)]
    [InlineData("-10 county:06059", null)]
    [InlineData("-10 le:CA0194200", null)]
    // Corrected: another time, another county, and whom it was to after all.
    [InlineData("-10, -20", -20)]
    [InlineData("-10, -10 county:06059", null)]
    [InlineData("-10 county:06059, -10 county:06037", -10)]
    // Two calls: another county's is its own.
    [InlineData("-10 county:06037, -5 county:06059", -10)]
    [InlineData("-10 county:06059, -5", -5)]
    public async Task The_call_that_was_to_this_county_counts_as_it_was_recorded_last(string calls, int? counts)
    {
        await Open();
        foreach (var call in calls.Split(", ").Select(c => c.Split(' ')))
            await Called(Now.AddMinutes(int.Parse(call[0], System.Globalization.CultureInfo.InvariantCulture)), call.Length > 1 ? Organization.Parse(call[1]) : null);

        _handoff.CalledResponse?.CalledAt.ShouldBe(Now.AddMinutes(counts!.Value));
        (_handoff.CalledResponse is null).ShouldBe(counts is null);
    }

    [Fact]
    public async Task A_call_that_comes_twice_changes_nothing_and_the_order_in_which_calls_come_does_not_matter()
    {
        await Open();
        await Called(Call.AddMinutes(-5), record: 2);

        await Called(Call, record: 1);
        (_handoff.CalledResponse!.CalledAt, Said<HandoffCallCounted>()).ShouldBe((Call.AddMinutes(-5), null));
        await Called(Call.AddMinutes(-5), record: 2);

        (_handoff.Calls.Count, _unit.Messages.Count(), _unit.Timers.Count()).ShouldBe((2, 0, 0));
    }

    [Fact]
    public async Task A_correction_that_takes_the_call_away_ends_it_and_says_so()
    {
        await Open();
        await Accept();
        await Called();
        _handoff.DueAt.ShouldBe(Due);

        await Called(to: Orange);

        Said<HandoffCallCounted>()!.ShouldSatisfyAllConditions(m => m.CalledAt.ShouldBe(Call), m => m.InPersonBy.ShouldBeNull());
        (_handoff.CalledResponse, _handoff.DueAt, _handoff.SilenceToken).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task When_it_passes_the_ladder_is_climbed_the_county_first_until_the_child_was_seen()
    {
        await Open();
        await Accept();
        await Called();
        _handoff.Awaited.ShouldBe("RESPONSE_TO_CALL");
        _unit.Timers.Single().Delay.ShouldBe(Due - Now, TimeSpan.FromSeconds(2));

        _clock.SetUtcNow(Due);
        foreach (var told in new[] { "county:06037", "state:ca", "state:ca" })
        {
            await SilenceAsync(_clock.GetUtcNow());
            (Said<HandoffEscalated>()!.Notified.Text, Said<HandoffEscalated>()!.Awaited, Said<NoticeRequested>()!.DueAt).ShouldBe((told, "RESPONSE_TO_CALL", Due));
            _clock.Advance(_unit.Timers.Single().Delay);
        }
        await InPerson(Due.AddMinutes(30));

        Said<HandoffRespondedInPerson>()!.InPersonAt.ShouldBe(Due.AddMinutes(30));
        (View.CalledResponse!.InPersonAt, View.State, View.DueAt, _handoff.SilenceToken, _handoff.EscalationStep).ShouldBe((Due.AddMinutes(30), "ACCEPTED", null, null, 0));
        (await InPerson(Due.AddMinutes(50))).ShouldBeTrue("the first record holds");
        (_unit.Messages.Count(), _handoff.CalledResponse!.InPersonAt).ShouldBe((0, Due.AddMinutes(30)));
    }

    [Fact]
    public async Task One_ladder_is_climbed_at_a_time_that_of_what_was_due_first_and_the_other_follows_it_from_its_first_rung()
    {
        Publish(Pack with { DetermineWithinMinutes = 30 });
        await Open();
        await Accept();
        await Called();
        (_handoff.Awaited, _handoff.DueAt).ShouldBe(("RESPONSE_DETERMINATION", Now.AddMinutes(30)));
        await SilenceAsync(Now.AddMinutes(30));
        (Said<HandoffEscalated>()!.Awaited, Said<HandoffEscalated>()!.Step).ShouldBe(("RESPONSE_DETERMINATION", 1));

        _clock.SetUtcNow(Due.AddMinutes(5));
        await Determine("IMMEDIATE");

        (_handoff.Awaited, _handoff.EscalationStep, View.Response!.InPersonBy, View.CalledResponse!.InPersonBy).ShouldBe(("RESPONSE_TO_CALL", 0, Due.AddMinutes(5).AddDays(1), Due));
        _unit.Timers.Single().Delay.ShouldBeLessThan(TimeSpan.FromSeconds(1), "it has passed already");
        await SilenceAsync(Due.AddMinutes(5));
        (Said<HandoffEscalated>()!.Awaited, Said<HandoffEscalated>()!.Step).ShouldBe(("RESPONSE_TO_CALL", 1));

        // What the county does otherwise does not begin its ladder anew, nor stop it.
        await Determine("FIVE_DAYS");
        (_handoff.Awaited, _handoff.EscalationStep, _handoff.SilenceToken is null).ShouldBe(("RESPONSE_TO_CALL", 1, false));
        await InPerson(Due.AddMinutes(6));
        (View.Response!.InPersonAt, View.CalledResponse!.InPersonAt, View.DueAt).ShouldBe((Due.AddMinutes(6), Due.AddMinutes(6), null), "one visit is both");
    }

    [Fact]
    public async Task Nobody_gains_time_by_acknowledging_accepting_or_referring_on()
    {
        await Open();
        await Called(Now.AddHours(-2));
        (_handoff.Awaited, _unit.Timers.Single().Delay <= TimeSpan.Zero).ShouldBe(("RESPONSE_TO_CALL", true), "ninety minutes have passed before the report came");
        await SilenceAsync(Now);
        await Raise(_machine.AcknowledgeRequested, new());
        _handoff.EscalationStep.ShouldBe(1);
        await Accept();
        _handoff.EscalationStep.ShouldBe(1);
        await Refer();

        (_handoff.CurrentState, _handoff.Awaited, _handoff.EscalationStep, _handoff.SilenceToken is null).ShouldBe(("Referring", "RESPONSE_TO_CALL", 1, false));
        (await InPerson(Now)).ShouldBeTrue("who responds until the next has accepted can still be there");
        (_handoff.Awaited, _handoff.EscalationStep).ShouldBe(("NEXT_ACCEPTANCE", 0));
    }

    [Fact]
    public async Task A_later_determination_keeps_a_clock_of_its_own()
    {
        await Open();
        await Accept();
        await Called();
        await InPerson(Now.AddMinutes(20));

        await Determine("IMMEDIATE");

        (View.CalledResponse!.InPersonAt, View.Response!.InPersonAt, View.DueAt).ShouldBe((Now.AddMinutes(20), null, Now.AddDays(1)));
    }

    [Fact]
    public async Task A_call_that_is_recorded_after_the_child_was_seen_has_been_answered()
    {
        await Open();
        await Accept();
        await Determine("IMMEDIATE");
        await InPerson(Now.AddMinutes(20));

        await Called();

        (View.CalledResponse!.InPersonAt, View.DueAt).ShouldBe((Now.AddMinutes(20), null));
        // Called again since, the county is waited for again.
        await Called(Now.AddMinutes(30));
        (View.CalledResponse!.InPersonAt, View.DueAt).ShouldBe((null, Now.AddMinutes(120)));
    }

    [Fact]
    public async Task What_the_county_evaluates_out_or_closes_is_waited_for_no_longer_even_when_it_is_opened_again()
    {
        await Open();
        await Accept();
        await Called();

        await Determine("EVALUATED_OUT", ResponseReasons.OfAge);
        (_handoff.SilenceToken, View.DueAt, View.CalledResponse!.Ended).ShouldBe((null, null, true));
        await Raise(_machine.CloseRequested, new(ClosingReasons.EvaluatedOut));
        await Determine("IMMEDIATE");

        (View.DueAt, View.CalledResponse!.Ended).ShouldBe((Now.AddDays(1), true));
    }

    [Theory]
    [InlineData(Role.Residence), InlineData(Role.Dependency), InlineData(Role.Courtesy)]
    public async Task Who_does_not_respond_keeps_the_call_and_is_waited_for_once_it_does(Role role)
    {
        await Open(role);
        await Called();
        (_handoff.CalledResponse, Said<HandoffCallCounted>()).ShouldBe((null, null));

        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now));

        (Said<HandoffCallCounted>()!.InPersonBy, _handoff.SeenAfterCallBy).ShouldBe((Due, Due));
        await Raise(_machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_handoff, Now) with { RemainsAs = role, Rule = "its part" });
        _handoff.CalledResponse.ShouldBeNull("another responds");
    }

    [Fact]
    public async Task It_ends_with_the_withdrawal_and_with_the_next_that_accepts_and_runs_on_when_the_sender_keeps_the_report()
    {
        await Open();
        await Called();
        await Raise(_machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_handoff, Now));
        (_handoff.CalledResponse, _handoff.DueAt, _handoff.SilenceToken).ShouldBe((null, null, null));

        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now));
        _handoff.SeenAfterCallBy.ShouldBe(Due);
        await Refer();
        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now) with { Keeps = true });
        (_handoff.CurrentState, _handoff.DueAt).ShouldBe(("Accepted", Due));

        _clock.Advance(TimeSpan.FromMinutes(1));
        await Refer();
        await Raise(_machine.TakenOver, new()
        {
            EncounterId = _handoff.EncounterId,
            At = Now,
            ReportId = _handoff.ReportId,
            HandoffId = _handoff.CorrelationId,
            Organization = LosAngeles,
            By = Orange,
            ReferredAt = _handoff.Referrals[^1].At,
            ByHandoffId = Guid.NewGuid(),
        });
        (_handoff.CurrentState, _handoff.CalledResponse, _handoff.SilenceToken).ShouldBe(("ReferredOn", null, null));
    }

    /// <summary>A report is referred on to Los Angeles at the time of the report; the call minutes from then, whom it was to where that was said, and whether it counts there.</summary>
    [Theory]
    [InlineData(-10, null, false), InlineData(-10, "county:06059", false), InlineData(-10, "county:06037", true), InlineData(10, null, true), InlineData(10, "county:06059", false)]
    public async Task To_whom_a_report_is_referred_on_the_call_counts_that_was_to_it(int minutes, string? to, bool counts)
    {
        await Open(referral: new() { HandoffId = Guid.NewGuid(), Hops = [new(Orange, LosAngeles, ReferralReasons.ChildIsThere, Now)] });

        await Called(Now.AddMinutes(minutes), to is null ? null : Organization.Parse(to));

        _handoff.SeenAfterCallBy.ShouldBe(counts ? Now.AddMinutes(minutes + 90) : null);
    }
}
