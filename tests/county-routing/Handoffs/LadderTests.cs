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

/// <summary>Whom silence wakes: the ladder of Sacramento's sample pack, with its roster.</summary>
public sealed class LadderTests
{
    private static readonly Organization Sacramento = Organization.Parse("county:06067");
    // A Friday night in the state.
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
    private readonly CountyDirectory _directory;
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public LadderTests()
    {
        _directory = new(Maps.California, new(false), _clock);
        Publish(Pack);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, _clock);
    }

    private static ProtocolPack Pack => Maps.SamplePacks.Single(pack => pack.CountyFips.Text == "06067");

    private void Publish(ProtocolPack pack) => _directory.Load([("06067", pack)]);

    private async Task<bool> Raise<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new();
        return await SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> Open() => Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Organization = Sacramento });
    private Task<bool> Accept() => Raise(_machine.AcceptRequested, new("worker-1"));
    private Task<bool> Undeliverable(string organization) => Raise(_machine.Undeliverable, SampleHandoff.Undeliverable(_handoff, organization, _clock.GetUtcNow()));

    private async Task<string> SilenceAsync(DateTimeOffset at)
    {
        _clock.SetUtcNow(at);
        await Raise(_machine.Silence.AnyReceived, new(_handoff.EncounterId, _handoff.CorrelationId), _handoff.SilenceToken);
        return Told;
    }

    /// <summary>Whom the message, the notice and the handoff say was told: the same.</summary>
    private string Told
    {
        get
        {
            var (escalated, notice) = (_unit.Messages.OfType<HandoffEscalated>().Single(), _unit.Messages.OfType<NoticeRequested>().Single());
            (notice.Organization, notice.Duty).ShouldBe((escalated.Notified, escalated.Duty));
            var told = _handoff.Told[^1];
            (told.Organization, told.Duty, told.Phone, told.Awaited, told.Step, told.At).ShouldBe((escalated.Notified, escalated.Duty, escalated.DutyPhone, escalated.Awaited, escalated.Step, escalated.At));
            escalated.NextAt!.Value.ShouldBe(escalated.At + _unit.Timers.Single().Delay, TimeSpan.FromSeconds(2));
            return $"{escalated.Awaited} {escalated.Notified} {escalated.Duty} {escalated.DutyPhone}".TrimEnd();
        }
    }

    [Fact]
    public async Task Silence_wakes_the_county_then_its_worker_on_call_then_the_supervisor_then_the_state()
    {
        await Open();
        var due = _handoff.AcknowledgeBy;

        (await SilenceAsync(due)).ShouldBe("ACKNOWLEDGMENT county:06067  " + Pack.Hotline!.Phone);
        (await SilenceAsync(due.AddMinutes(10))).ShouldBe("ACKNOWLEDGMENT county:06067 ON_CALL_WORKER 916-555-0141");
        (await SilenceAsync(due.AddMinutes(15))).ShouldBe("ACKNOWLEDGMENT county:06067 SUPERVISOR 916-555-0142");
        (await SilenceAsync(due.AddMinutes(20))).ShouldBe("ACKNOWLEDGMENT state:ca");
        (await SilenceAsync(due.AddMinutes(40))).ShouldBe("ACKNOWLEDGMENT state:ca");
        (await SilenceAsync(due.AddMinutes(60))).ShouldBe("ACKNOWLEDGMENT state:ca");

        _handoff.Told.Select(told => (told.Step, told.Name)).ShouldBe(
            [(1, null), (2, "Emergency response, on call"), (3, "Supervisor of emergency response"), (6, null)], "the last, which is told again and again, is kept once");
    }

    [Fact]
    public async Task Whoever_has_the_duty_now_is_woken_not_who_had_it_when_the_report_came()
    {
        await Open();
        Publish(Pack with { Version = 2, Roster = [.. Pack.Roster.Select(entry => entry with { Name = "Another", Telephone = null })], Escalation = new() { Rungs = [new(0, Organization.Parse("state:ca"))] } });
        await SilenceAsync(_handoff.AcknowledgeBy);

        (await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(10))).ShouldBe("ACKNOWLEDGMENT county:06067 ON_CALL_WORKER", "the ladder is that of the opening, the roster that of the moment");
        _handoff.Told[^1].Name.ShouldBe("Another");
    }

    [Fact]
    public async Task A_rung_that_cannot_be_reached_is_passed_at_once_up_to_the_last()
    {
        await Open();

        foreach (var told in new[] { "county:06067", "county:06067 ON_CALL_WORKER", "county:06067 SUPERVISOR", "state:ca" })
        {
            await Undeliverable("county:06067");
            Told.ShouldStartWith("ACKNOWLEDGMENT " + told);
        }
        await Undeliverable("state:ca");

        (_unit.Messages.Count(), _handoff.SilenceToken is null).ShouldBe((0, false));
    }

    [Fact]
    public async Task Who_responds_and_does_not_determine_how_soon_is_reminded_where_the_pack_says_so_itself_first_and_until_it_has()
    {
        Publish(Pack with { DetermineWithinMinutes = 60 });
        await Open();
        await SilenceAsync(_handoff.AcknowledgeBy);
        await Accept();
        var accepted = _clock.GetUtcNow();
        (_handoff.DueAt, _handoff.EscalationStep, _unit.Timers.Count()).ShouldBe((accepted.AddHours(1), 0, 1));

        (await SilenceAsync(accepted.AddMinutes(60))).ShouldStartWith("RESPONSE_DETERMINATION county:06067  ");
        _unit.Messages.OfType<NoticeRequested>().Single().DueAt.ShouldBe(accepted.AddHours(1));
        (await SilenceAsync(accepted.AddMinutes(70))).ShouldStartWith("RESPONSE_DETERMINATION county:06067 ON_CALL_WORKER");
        await Raise(_machine.DetermineRequested, new("TEN_DAYS", null, "worker-1"));

        (_handoff.CurrentState, _handoff.DetermineBy, _handoff.Awaited, _handoff.EscalationStep).ShouldBe(("ResponseDetermined", null, "IN_PERSON_RESPONSE", 0));
    }

    [Fact]
    public async Task Where_the_pack_does_not_say_so_nothing_is_waited_for_after_the_acceptance_and_what_comes_late_changes_nothing()
    {
        await Open();
        await SilenceAsync(_handoff.AcknowledgeBy);
        await Accept();
        (_handoff.DetermineBy, _handoff.DueAt, _handoff.SilenceToken).ShouldBe((null, null, null));

        await Undeliverable("county:06067");

        _unit.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Residence), InlineData(Role.Courtesy)]
    public async Task Who_does_not_respond_has_nothing_to_determine(Role role)
    {
        Publish(Pack with { DetermineWithinMinutes = 60 });
        await Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Organization = Sacramento, Role = role });

        await Accept();

        (_handoff.CurrentState, _handoff.DetermineBy, _handoff.SilenceToken).ShouldBe(("Accepted", null, null));
    }

    [Fact]
    public async Task Who_refers_on_and_keeps_the_report_is_waited_for_again()
    {
        Publish(Pack with { DetermineWithinMinutes = 60 });
        await Open();
        await Accept();
        await Raise(_machine.ReferOnRequested, new(Organization.Parse("county:06037"), ReferralReasons.ChildIsThere, "worker-1"));
        (_handoff.DetermineBy, _handoff.Awaited).ShouldBe((null, "NEXT_ACCEPTANCE"));

        _clock.Advance(TimeSpan.FromMinutes(5));
        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, _clock.GetUtcNow()) with { Keeps = true });

        (_handoff.CurrentState, _handoff.DetermineBy, _handoff.SilenceToken is null).ShouldBe(("Accepted", _clock.GetUtcNow().AddHours(1), false));
    }

    [Fact]
    public async Task A_responder_whose_silence_has_come_to_the_state_is_on_its_desk_once_and_settles_that_when_it_accepts()
    {
        await Open();
        foreach (var minutes in new[] { 0, 10, 15 })
            await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(minutes));
        _unit.Messages.OfType<JurisdictionUndetermined>().ShouldBeEmpty("the state has not been told yet");

        await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(20));
        var item = _unit.Messages.OfType<JurisdictionUndetermined>().Single();
        (item.Reason, item.SuggestedOrganization, item.DeskItemId, item.Reports.Single()).ShouldBe((UndeterminedReasons.CountySilent, Sacramento, _handoff.DeskItemId!.Value, _handoff.Child));
        await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(40));
        _unit.Messages.OfType<JurisdictionUndetermined>().ShouldBeEmpty("the desk has it");

        await Accept();

        _unit.Messages.OfType<JurisdictionClaimed>().Single().DeskItemId.ShouldBe(item.DeskItemId);
    }

    [Fact]
    public async Task A_responder_near_another_state_comes_to_the_desk_all_the_same_when_it_is_silent_and_settles_both_items()
    {
        await Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Organization = Sacramento, OuterLines = [new(OuterLineKinds.State, "NV", 421)] });
        foreach (var minutes in new[] { 0, 10, 15, 20 })
            await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(minutes));
        var silent = _unit.Messages.OfType<JurisdictionUndetermined>().Single();
        (silent.Reason, silent.OuterLines).ShouldBe((UndeterminedReasons.CountySilent, _handoff.OuterLines), "what it is near is known there too");

        await Accept();

        _unit.Messages.OfType<JurisdictionClaimed>().Select(c => c.DeskItemId).ShouldBe([silent.DeskItemId, HandoffIds.DeskItem(_handoff.EncounterId)]);
    }

    [Theory]
    [InlineData(Role.Residence), InlineData(Role.Dependency)]
    public async Task Only_who_responds_comes_to_the_desk(Role role)
    {
        await Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Organization = Sacramento, Role = role });

        foreach (var minutes in new[] { 0, 10, 15, 20 })
            await SilenceAsync(_handoff.AcknowledgeBy.AddMinutes(minutes));

        (_unit.Messages.OfType<JurisdictionUndetermined>().Count(), _handoff.DeskItemId).ShouldBe((0, null));
    }
}
