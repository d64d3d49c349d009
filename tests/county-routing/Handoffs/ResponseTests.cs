using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>What the responding county does once it has accepted, as a table: how soon it sees the child, that it has, and the end.</summary>
public sealed class ResponseTests
{
    // 23:30 of November 20 in California.
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private static readonly Organization LosAngeles = Organization.Parse("county:06037"), Orange = Organization.Parse("county:06059");
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public ResponseTests()
    {
        Publish(secondPerson: false);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, _clock);
    }

    private void Publish(bool secondPerson) => _directory.Load([("06037", PackFiles.DefaultsOf(Maps.California)[CountyFips.Parse("06037")] with
    {
        Clocks =
        [
            new("TEN_DAY_RESPONSE", "div-31-120", "TEN_DAYS_DETERMINED", WithinDays: 10),
            new("IMMEDIATE_RESPONSE", "div-31-115", "IMMEDIATE_DETERMINED", WithinMinutes: 1440),
            new("FIVE_DAY_RESPONSE", "limit-set-here", "FIVE_DAYS_DETERMINED", WithinDays: 5),
            new("ON_SCENE_RESPONSE", "la-first-responder", "OFFICER_CALLED", WithinMinutes: 90),
        ],
        DowngradeNeedsSecondPerson = secondPerson,
    })]);

    private string Said => string.Join(' ', _unit.Messages.Select(m => m.GetType().Name));
    private T Single<T>() => _unit.Messages.OfType<T>().ShouldHaveSingleItem();

    private async Task<bool> Raise<T>(Event<T> @event, T message, Guid? token = null) where T : class
    {
        _unit = new();
        return await SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, timerToken: token, cancellation: TestContext.Current.CancellationToken);
    }

    private async Task Accepted(string urgency = Urgencies.Immediate, Role role = Role.Responder, string? residence = null)
    {
        var opened = SampleHandoff.Opened(_handoff.CorrelationId, Now);
        await Raise(_machine.Opened, opened with { Role = role, Urgency = urgency, Child = opened.Child with { ResidenceCountyFips = residence is null ? null : CountyFips.Parse(residence) } });
        await Raise(_machine.AcceptRequested, new("worker-1"));
    }

    private Task<bool> Determine(string level, string? reason = null, string by = "worker-1") => Raise(_machine.DetermineRequested, new(level, reason, by));
    private Task<bool> InPerson(DateTimeOffset? at = null) => Raise(_machine.InPersonRequested, new(at ?? _clock.GetUtcNow()));
    private Task<bool> Close(string reason = ClosingReasons.InvestigationEnded) => Raise(_machine.CloseRequested, new(reason));
    private Task<bool> Silence() => Raise(_machine.Silence.AnyReceived, new(_handoff.EncounterId, _handoff.CorrelationId), _handoff.SilenceToken);

    [Theory]
    [InlineData("IMMEDIATE", "2026-11-22T07:30:00Z", "div-31-115")]
    // The end of November 25 and of November 30 in California.
    [InlineData("FIVE_DAYS", "2026-11-26T08:00:00Z", "limit-set-here")]
    [InlineData("TEN_DAYS", "2026-12-01T08:00:00Z", "div-31-120")]
    public async Task The_level_starts_the_packs_clock_in_hours_or_in_days_of_the_state(string level, string due, string law)
    {
        await Accepted();

        (await Determine(level)).ShouldBeTrue();

        var (by, determined) = (DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture), Single<HandoffResponseDetermined>());
        (determined.Level, determined.Law, determined.InPersonBy).ShouldBe((level, law, by));
        (_handoff.CurrentState, _handoff.DueAt, _handoff.SilenceToken is null).ShouldBe(("ResponseDetermined", by, false));
        _unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(by - Now, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_handoff_says_what_its_county_can_determine_the_soonest_first()
    {
        await Accepted();
        HandoffView.Of(_handoff, TestStates.California.Law).ResponseLevels.ShouldBe(["IMMEDIATE", "FIVE_DAYS", "TEN_DAYS", "EVALUATED_OUT"]);

        (await Determine("THREE_DAYS")).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_does_not_respond_determines_nothing()
    {
        await Accepted(role: Role.Dependency);

        (await Determine("IMMEDIATE")).ShouldBeFalse();
        (await Close()).ShouldBeFalse();
        HandoffView.Of(_handoff, TestStates.California.Law).ResponseLevels.ShouldBeEmpty();
    }

    [Fact]
    public async Task Once_the_child_should_have_been_seen_the_county_is_told_first_and_then_its_ladder_for_ever()
    {
        await Accepted();
        await Determine("IMMEDIATE");

        _clock.Advance(TimeSpan.FromDays(1));
        foreach (var told in new[] { "county:06037", "state:ca", "state:ca" })
        {
            await Silence();
            (Single<HandoffEscalated>().Notified.Text, Single<HandoffEscalated>().Awaited, Single<NoticeRequested>().DueAt).ShouldBe((told, "IN_PERSON_RESPONSE", Now.AddDays(1)));
            _clock.Advance(_unit.Timers.ShouldHaveSingleItem().Delay);
        }
    }

    [Fact]
    public async Task Having_seen_the_child_ends_the_waiting_and_is_said_once()
    {
        await Accepted();
        await Determine("IMMEDIATE");
        _clock.Advance(TimeSpan.FromHours(3));

        await InPerson(Now.AddHours(2));

        Single<HandoffRespondedInPerson>().InPersonAt.ShouldBe(Now.AddHours(2));
        (_handoff.SilenceToken, _handoff.DueAt).ShouldBe((null, null));
        (await InPerson()).ShouldBeTrue();
        (Said, _handoff.Response!.InPersonAt).ShouldBe(("", Now.AddHours(2)));
    }

    [Fact]
    public async Task What_is_evaluated_out_is_waited_for_no_longer_and_closes_as_that()
    {
        await Accepted();
        await Determine("IMMEDIATE");

        await Determine("EVALUATED_OUT", ResponseReasons.OfAge);

        (Single<HandoffResponseDetermined>().Reason, _handoff.SilenceToken, _handoff.InPersonBy).ShouldBe(("OF_AGE", null, null));
        (await InPerson()).ShouldBeFalse();
        (await Close()).ShouldBeFalse();
        (await Close(ClosingReasons.EvaluatedOut)).ShouldBeTrue();
        (Single<HandoffClosed>().Reason, _handoff.CurrentState, _handoff.ClosedAt).ShouldBe(("EVALUATED_OUT", "Closed", Now));
    }

    [Theory]
    [InlineData(Urgencies.Immediate, "IMMEDIATE", false)]
    [InlineData(Urgencies.Immediate, "TEN_DAYS", true)]
    [InlineData(Urgencies.Immediate, "EVALUATED_OUT", true)]
    [InlineData(Urgencies.Prompt, "TEN_DAYS", false)]
    [InlineData(Urgencies.Prompt, "EVALUATED_OUT", false)]
    [InlineData(Urgencies.Prompt, "IMMEDIATE TEN_DAYS", true)]
    [InlineData(Urgencies.Prompt, "TEN_DAYS EVALUATED_OUT", true)]
    [InlineData(Urgencies.Prompt, "TEN_DAYS IMMEDIATE", false)]
    public async Task A_later_response_than_before_or_than_was_asked_for_is_told_to_the_county_where_the_child_lives(string urgency, string levels, bool downgraded)
    {
        await Accepted(urgency, residence: "06059");

        foreach (var level in levels.Split(' '))
            await Determine(level, ResponseReasons.MoreIsKnown);

        Single<HandoffResponseDetermined>().Downgraded.ShouldBe(downgraded);
        Said.ShouldBe(downgraded ? "HandoffResponseDetermined HandoffDowngraded" : "HandoffResponseDetermined");
        if (downgraded)
            (Single<HandoffDowngraded>().Organization, Single<HandoffDowngraded>().HandoffId, Single<HandoffDowngraded>().By).ShouldBe((Orange, HandoffIds.Handoff(_handoff.ReportId, Orange), LosAngeles));
    }

    [Theory]
    [InlineData("Open"), InlineData("Acknowledged"), InlineData("Accepted"), InlineData("Withdrawn")]
    public async Task Whoever_is_told_of_a_later_response_gets_a_notice_whatever_it_has_done_and_nothing_else_changes(string state)
    {
        await Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, Now) with { Organization = Orange, Role = Role.Residence });
        _handoff.CurrentState = state;

        await Raise(_machine.Downgraded, new() { EncounterId = _handoff.EncounterId, At = Now, ReportId = _handoff.ReportId, HandoffId = _handoff.CorrelationId, Organization = Orange, By = LosAngeles, Level = "TEN_DAYS" });

        (Said, Single<NoticeRequested>().Type, Single<NoticeRequested>().Organization, _handoff.CurrentState).ShouldBe(("NoticeRequested", "handoff.downgraded.v1", Orange, state));
        HandoffView.Of(_handoff, TestStates.California.Law).ShouldSatisfyAllConditions(
            v => v.Downgraded.ShouldBe(new(LosAngeles, "TEN_DAYS", Now)), v => v.Rules.Select(rule => rule.RuleId).ShouldContain("downgrade-told"));
    }

    [Fact]
    public async Task Where_the_pack_asks_for_it_a_later_response_waits_for_another_person_and_the_clock_goes_on_until_then()
    {
        Publish(secondPerson: true);
        await Accepted();
        await Determine("IMMEDIATE");
        var (due, running) = (_handoff.DueAt, _handoff.SilenceToken);

        (await Determine("FIVE_DAYS", ResponseReasons.ChildIsSafe)).ShouldBeTrue();
        (Said, Single<NoticeRequested>().Type, Single<NoticeRequested>().Organization).ShouldBe(("NoticeRequested", "handoff.downgrade-proposed.v1", LosAngeles));
        await Determine("FIVE_DAYS", ResponseReasons.ChildIsSafe);
        (Said, _handoff.Response!.Level, _handoff.ProposedResponse!.By).ShouldBe(("", "IMMEDIATE", "worker-1"), "nobody confirms what he has proposed");
        (_handoff.DueAt, _handoff.SilenceToken).ShouldBe((due, running));

        await Determine("FIVE_DAYS", by: "supervisor-1");

        (Single<HandoffResponseDetermined>().Level, Single<HandoffResponseDetermined>().Reason, _handoff.ProposedResponse).ShouldBe(("FIVE_DAYS", "CHILD_IS_SAFE", null));
        (await Determine("IMMEDIATE")).ShouldBeTrue();
        Single<HandoffResponseDetermined>().Downgraded.ShouldBeFalse("sooner needs nobody else");
    }

    [Fact]
    public async Task The_first_determination_is_later_too_when_the_report_asks_for_somebody_at_once()
    {
        Publish(secondPerson: true);
        await Accepted();

        await Determine("EVALUATED_OUT", ResponseReasons.OfAge);

        (_handoff.CurrentState, _handoff.Response, _handoff.ProposedResponse!.Level).ShouldBe(("Accepted", null, "EVALUATED_OUT"));
        await Determine("EVALUATED_OUT", ResponseReasons.OfAge, "supervisor-1");
        _handoff.CurrentState.ShouldBe("ResponseDetermined");
    }

    [Fact]
    public async Task It_is_closed_once_the_child_was_seen_or_was_looked_for_and_opened_again_by_a_new_determination()
    {
        await Accepted();
        await Determine("TEN_DAYS");
        (await Close()).ShouldBeFalse();
        (await Close(ClosingReasons.ChildNotFound)).ShouldBeTrue();
        (_handoff.CurrentState, _handoff.SilenceToken).ShouldBe(("Closed", null));

        (await Determine("IMMEDIATE")).ShouldBeTrue();

        (_handoff.CurrentState, _handoff.ClosedAt, _handoff.ClosingReason, _handoff.SilenceToken is null).ShouldBe(("ResponseDetermined", null, null, false));
        await InPerson();
        (await Close()).ShouldBeTrue();
        (await Close()).ShouldBeTrue();
        Said.ShouldBe("", "it is said once");
    }

    [Fact]
    public async Task Where_the_pack_has_no_levels_it_is_closed_without_one()
    {
        _directory.Load([("06037", new ProtocolPack { CountyFips = CountyFips.Parse("06037"), Name = "Los Angeles", Version = 1, Escalation = new() { Rungs = [new(0, LosAngeles)] } })]);
        await Accepted();

        (_handoff.Pack.Responses.Count, _handoff.CurrentState, _handoff.Role, _handoff.Response, _handoff.InPersonBy).ShouldBe((0, "Accepted", Role.Responder, null, null));
        (await Close(ClosingReasons.EvaluatedOut)).ShouldBeFalse();
        (await Close()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        await Accepted();
        await Determine("TEN_DAYS");
        var due = _handoff.DueAt;
        _clock.Advance(TimeSpan.FromDays(1));

        (await Determine("TEN_DAYS")).ShouldBeTrue();

        (Said, _handoff.DueAt).ShouldBe(("", due));
    }

    [Fact]
    public async Task Who_has_determined_its_response_refers_on_as_before_and_goes_on_with_it_when_it_keeps_the_report()
    {
        await Accepted();
        await Determine("IMMEDIATE");
        await Raise(_machine.ReferOnRequested, new(Orange, ReferralReasons.ChildIsThere, "worker-1"));
        (_handoff.CurrentState, _handoff.Awaited).ShouldBe(("Referring", "NEXT_ACCEPTANCE"));

        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now) with { Keeps = true });

        (_handoff.CurrentState, _handoff.Awaited, _handoff.DueAt, _handoff.SilenceToken is null).ShouldBe(("ResponseDetermined", "IN_PERSON_RESPONSE", Now.AddDays(1), false));
    }
}
