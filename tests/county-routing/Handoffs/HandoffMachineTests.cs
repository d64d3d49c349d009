using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>The county handoff as a table: state and event in; state, messages and timer out.</summary>
public sealed class HandoffMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private static readonly Guid Item = Guid.Parse("019ab4c0-7d10-7000-8000-0000000000d1");
    private static readonly LawRegister Law = TestStates.California.Law;
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public HandoffMachineTests()
    {
        _directory.Load([("06037", new ProtocolPack
        {
            CountyFips = CountyFips.Parse("06037"),
            Name = "Los Angeles",
            Escalation = new() { Rungs = [new(0, Organization.Parse("county:06037")), new(10, Organization.Parse("state:ca"))], RepeatLastEveryMinutes = 20 },
            AcceptWithinMinutes = 30,
            AcceptanceEscalation = new() { Rungs = [new(0, Organization.Parse("le:CA0194200"))], RepeatLastEveryMinutes = 45 },
        })]);
        _machine = new HandoffMachine(_directory, new("county-routing"), TestStates.California.Law, _clock);
    }

    private async Task<bool> Raise<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new UnitOfWork();
        return await SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> Open(Role role = Role.Responder, string confidence = Confidences.Clear) =>
        Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, Now) with { Role = role, Confidence = confidence, DeskItemId = confidence == Confidences.Low ? Item : null });
    private Task<bool> Acknowledge() => Raise(_machine.AcknowledgeRequested, new());
    private Task<bool> Accept() => Raise(_machine.AcceptRequested, new("worker-1"));
    private Task<bool> Silence(Guid? token = null) => Raise(_machine.Silence.AnyReceived, new(_handoff.EncounterId, _handoff.CorrelationId), token ?? _handoff.SilenceToken);
    private Task<bool> Delivered(string organization = "county:06037") => Raise(_machine.Delivered, SampleHandoff.Delivered(_handoff, organization, Now));
    private Task<bool> Undeliverable(string organization = "county:06037") => Raise(_machine.Undeliverable, SampleHandoff.Undeliverable(_handoff, organization, Now));

    [Fact]
    public async Task Opening_tells_the_county_grants_it_the_report_and_starts_the_clock()
    {
        await Open();

        _handoff.CurrentState.ShouldBe("Open");
        _unit.Messages.OfType<NoticeRequested>().Single().ShouldSatisfyAllConditions(
            n => n.Organization.Text.ShouldBe("county:06037"), n => n.Type.ShouldBe("handoff.opened.v1"), n => n.Subject.ShouldBe(_handoff.CorrelationId));
        _unit.Messages.OfType<DisclosureGranted>().Single().ShouldSatisfyAllConditions(
            g => g.Organization.Text.ShouldBe("county:06037"), g => g.Tier.ShouldBe(Tiers.County), g => g.ReportId.ShouldBe(_handoff.ReportId));
        _unit.Timers.Single().Delay.ShouldBe(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(Role.Responder, true, "PC 11166(k), PC 11167.5(b)(1), SafeHarbor default")]
    [InlineData(Role.Dependency, true, "PC 11166(k), WIC 300, PC 11167.5(b)(1), SafeHarbor default")]
    [InlineData(Role.Courtesy, false, "PC 11165.9, PC 11167.5(b)(1), SafeHarbor default")]
    // Only if it investigates, and that it says by accepting.
    [InlineData(Role.Residence, false, "PC 11167(b), PC 11167.5(b)(1), SafeHarbor default")]
    public async Task A_county_reads_from_the_opening_only_when_it_must_act_and_otherwise_once_it_accepts(Role role, bool fromOpening, string legalBasis)
    {
        await Open(role);
        List<DisclosureGranted> atOpening = [.. _unit.Messages.OfType<DisclosureGranted>()];
        await Acknowledge();
        _unit.Messages.OfType<DisclosureGranted>().ShouldBeEmpty("to have seen it is not to take it on");
        await Accept();
        List<DisclosureGranted> atAcceptance = [.. _unit.Messages.OfType<DisclosureGranted>()];

        (atOpening.Count, atAcceptance.Count).ShouldBe(fromOpening ? (1, 0) : (0, 1));
        atOpening.Concat(atAcceptance).Single().ShouldSatisfyAllConditions(
            g => g.Organization.Text.ShouldBe("county:06037"), g => g.Tier.ShouldBe(Tiers.County),
            g => string.Join(", ", Law.For(g.LegalBasis).Select(rule => rule.Citation)).ShouldBe(legalBasis));
    }

    private Task<bool> OpenFor(Role role, string organization) =>
        Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, Now) with { Role = role, Organization = Organization.Parse(organization), ListedBy = Organization.Parse("county:06037") });

    [Theory]
    [InlineData(Role.DistrictAttorney, "da:06037", "PC 11166(k), PC 11167.5(b)(1), SafeHarbor default")]
    [InlineData(Role.LawEnforcement, "le:CA0190000", "PC 11165.9, PC 11167(b), PC 11167.5(b)(1), SafeHarbor default")]
    [InlineData(Role.ChildAttorney, "attorney:06037", "PC 11166.1(b), SafeHarbor default")]
    [InlineData(Role.Licensing, "licensing:ca", "")]
    [InlineData(Role.Tribe, "tribe:yurok", "")]
    [InlineData(Role.MissingChild, "le:CA0190000", "")]
    public async Task An_organization_that_is_no_county_only_has_to_know_and_reads_where_a_rule_lets_it_once_it_accepts(Role role, string organization, string legalBasis)
    {
        await OpenFor(role, organization);
        Said.ShouldBe("NoticeRequested");
        await Acknowledge();
        (Said, _handoff.AcceptBy, _handoff.SilenceToken).ShouldBe(("HandoffAcknowledged", null, null), "acknowledged is its end");

        await Accept();

        string.Join(", ", _unit.Messages.OfType<DisclosureGranted>().SelectMany(grant => Law.For(grant.LegalBasis)).Select(rule => rule.Citation)).ShouldBe(legalBasis);
        _clock.Advance(TimeSpan.FromDays(30));
        await Renew();
        Said.ShouldBe(legalBasis == "" ? "" : "DisclosureGranted");
    }

    [Fact]
    public async Task One_whose_county_responds_no_more_loses_what_it_has_accepted_and_begins_again_when_that_county_responds_again()
    {
        await OpenFor(Role.DistrictAttorney, "da:06037");
        await Accept();
        var first = _unit.Messages.OfType<DisclosureGranted>().Single().GrantId;

        await Withdraw();
        (Said, _handoff.CurrentState).ShouldBe(("DisclosureEnded NoticeRequested", "Withdrawn"));
        await OpenFor(Role.DistrictAttorney, "da:06037");

        (Said, _handoff.CurrentState, _handoff.AcceptedAt, _handoff.SilenceToken is null).ShouldBe(("NoticeRequested", "Open", null, false));
        await Accept();
        _unit.Messages.OfType<DisclosureGranted>().Single().GrantId.ShouldNotBe(first);
    }

    [Fact]
    public async Task One_that_no_pack_lists_any_more_climbs_to_the_state_at_once()
    {
        await OpenFor(Role.DistrictAttorney, "da:06037");

        _handoff.Pack.Silence.Rungs.ShouldBe([new Rung(0, Organization.Parse("state:ca"))]);
    }

    private Task<bool> Confirm() => Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now));
    private Task<bool> Withdraw(Role? remainsAs = null) => Raise(_machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_handoff, Now) with { RemainsAs = remainsAs, Rule = "its part" });
    private Task<bool> Renew() => Raise(_machine.RenewRequested, new());
    private string Said => string.Join(' ', _unit.Messages.Select(m => m.GetType().Name));

    [Fact]
    public async Task A_guess_reads_nothing_until_it_has_accepted_and_then_claims_it_at_the_desk()
    {
        await Open(confidence: Confidences.Low);
        Said.ShouldBe("NoticeRequested");
        _unit.Messages.OfType<NoticeRequested>().Single().Type.ShouldBe("handoff.guessed.v1");
        await Acknowledge();
        Said.ShouldBe("HandoffAcknowledged");

        await Accept();

        Said.ShouldBe("HandoffAccepted DisclosureGranted JurisdictionClaimed");
        _handoff.ReadsUntil.ShouldBe(Now.AddDays(90));
    }

    [Theory]
    [InlineData(Role.Responder, Confidences.Low), InlineData(Role.Courtesy, Confidences.NearLine)]
    public async Task What_the_desk_confirms_responds_reads_and_is_told_once(Role role, string confidence)
    {
        await Open(role, confidence);

        await Confirm();

        Said.ShouldBe("DisclosureGranted NoticeRequested");
        (_handoff.Role, _handoff.Confidence, _handoff.Basis, _handoff.SilenceToken is null).ShouldBe((Role.Responder, Confidences.Clear, Bases.Desk, false));
        await Confirm();
        Said.ShouldBe("");
        await Accept();
        Said.ShouldBe("HandoffAccepted JurisdictionClaimed");
    }

    [Fact]
    public async Task Who_only_had_to_know_is_waited_for_once_the_desk_has_made_it_the_responder()
    {
        await Open(Role.Courtesy);
        await Acknowledge();
        _handoff.SilenceToken.ShouldBeNull();

        await Confirm();

        (_handoff.CurrentState, _handoff.AcceptBy, _handoff.SilenceToken is null).ShouldBe(("Acknowledged", Now.AddMinutes(30), false));
    }

    [Fact]
    public async Task Who_had_accepted_in_another_role_accepts_anew_as_the_responder()
    {
        await Open(Role.Courtesy);
        await Accept();

        await Confirm();

        Said.ShouldBe("HandoffAccepted NoticeRequested JurisdictionClaimed");
        _unit.Messages.OfType<HandoffAccepted>().Single().Role.ShouldBe(Role.Responder);
    }

    [Fact]
    public async Task What_the_desk_withdraws_ends_unless_somebody_has_accepted_and_can_be_opened_again()
    {
        await Open();
        var grant = _unit.Messages.OfType<DisclosureGranted>().Single().GrantId;
        await Withdraw();
        Said.ShouldBe("DisclosureEnded NoticeRequested");
        _unit.Messages.OfType<DisclosureEnded>().Single().GrantId.ShouldBe(grant);
        (_handoff.CurrentState, _handoff.SilenceToken).ShouldBe(("Withdrawn", null));
        (await Accept()).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromHours(1));
        await Confirm();
        Said.ShouldBe("DisclosureGranted NoticeRequested");
        _unit.Messages.OfType<DisclosureGranted>().Single().GrantId.ShouldNotBe(grant, "what has ended stays so");
        (_handoff.CurrentState, _handoff.AcknowledgeBy, _handoff.SilenceToken is null).ShouldBe(("Open", Now.AddHours(1).AddMinutes(15), false));

        await Accept();
        (await Withdraw()).ShouldBeTrue();
        (_handoff.CurrentState, Said).ShouldBe(("Accepted", ""));
    }

    [Theory]
    [InlineData(Role.Dependency, "DisclosureGranted NoticeRequested"), InlineData(Role.Residence, "NoticeRequested")]
    public async Task A_wrong_guess_that_has_a_part_in_the_report_keeps_it_and_silence_goes_on_counting(Role role, string said)
    {
        await Open(confidence: Confidences.Low);

        await Withdraw(remainsAs: role);

        Said.ShouldBe(said);
        (_handoff.CurrentState, _handoff.Role, _handoff.Confidence, _handoff.Rule, _handoff.SilenceToken is null).ShouldBe(("Open", role, Confidences.Clear, "its part", false));
        await Accept();
        Said.ShouldBe(role == Role.Dependency ? "HandoffAccepted" : "HandoffAccepted DisclosureGranted", "and nothing is claimed");
    }

    [Fact]
    public async Task Who_responded_by_mistake_and_only_has_to_know_reads_no_longer_and_is_not_waited_for()
    {
        await Open();
        var grant = _unit.Messages.OfType<DisclosureGranted>().Single().GrantId;
        await Acknowledge();

        await Withdraw(remainsAs: Role.Residence);

        Said.ShouldBe("DisclosureEnded NoticeRequested");
        _unit.Messages.OfType<DisclosureEnded>().Single().GrantId.ShouldBe(grant);
        (_handoff.CurrentState, _handoff.AcceptBy, _handoff.SilenceToken).ShouldBe(("Acknowledged", null, null));
        await Accept();
        _unit.Messages.OfType<DisclosureGranted>().Single().GrantId.ShouldNotBe(grant, "what has ended stays so");
    }

    [Fact]
    public async Task Whoever_has_accepted_renews_its_access_as_often_as_it_needs_to_but_not_on_the_same_day()
    {
        await Open();
        var grants = new HashSet<Guid> { _unit.Messages.OfType<DisclosureGranted>().Single().GrantId };
        (await Renew()).ShouldBeFalse("nobody has accepted");
        await Accept();
        (await Renew()).ShouldBeTrue();
        Said.ShouldBe("");

        foreach (var day in new[] { 80, 160 })
        {
            _clock.SetUtcNow(Now.AddDays(day));
            await Renew();
            var grant = _unit.Messages.OfType<DisclosureGranted>().Single();
            grant.ExpiresAt.ShouldBe(Now.AddDays(day + 90));
            grants.Add(grant.GrantId).ShouldBeTrue("a grant does not change, another one follows it");
        }
    }

    [Fact]
    public async Task Delivery_is_not_acknowledgment_and_silence_goes_on_counting()
    {
        await Open();
        await Delivered();

        _handoff.CurrentState.ShouldBe("Notified");
        _handoff.SilenceToken.ShouldNotBeNull();
        _unit.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Role.Responder), InlineData(Role.Dependency)]
    public async Task Acknowledging_is_said_once_ends_the_ladder_of_silence_and_starts_the_wait_for_acceptance(Role role)
    {
        await Open(role);
        var silence = _handoff.SilenceToken;
        _clock.SetUtcNow(_handoff.AcknowledgeBy);
        await Silence();

        (await Acknowledge()).ShouldBeTrue();
        _handoff.CurrentState.ShouldBe("Acknowledged");
        _unit.Messages.Single().ShouldBeOfType<HandoffAcknowledged>().AcceptBy.ShouldBe(_clock.GetUtcNow().AddMinutes(30));
        _unit.Timers.Single().Delay.ShouldBe(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(2));
        _handoff.SilenceToken.ShouldNotBe(silence);

        (await Acknowledge()).ShouldBeTrue();
        _unit.Messages.ShouldBeEmpty();
        (await Undeliverable()).ShouldBeTrue();
        _unit.Messages.ShouldBeEmpty("what was told of silence no longer matters");
    }

    [Fact]
    public async Task Waiting_for_acceptance_climbs_a_ladder_of_its_own_from_the_first_rung_and_for_ever()
    {
        await Open();
        _clock.SetUtcNow(_handoff.AcknowledgeBy);
        await Silence();
        await Acknowledge();

        _clock.Advance(TimeSpan.FromMinutes(30));
        await Silence();
        _unit.Messages.OfType<HandoffEscalated>().Single().Awaited.ShouldBe("ACCEPTANCE");
        _unit.Messages.OfType<NoticeRequested>().Single().DueAt.ShouldBe(_handoff.AcceptBy);
        Told().ShouldBe(("le:CA0194200", 1));
        foreach (var step in Enumerable.Range(2, 3))
        {
            _clock.Advance(TimeSpan.FromMinutes(45));
            await Silence();
            Told().ShouldBe(("le:CA0194200", step));
            _unit.Timers.Single().Delay.ShouldBe(TimeSpan.FromMinutes(45), TimeSpan.FromSeconds(2));
        }
        _handoff.CurrentState.ShouldBe("Acknowledged");
    }

    [Theory]
    [InlineData(Role.Courtesy), InlineData(Role.Residence)]
    public async Task Whoever_only_has_to_know_is_waited_for_until_it_has_acknowledged_and_may_accept_all_the_same(Role role)
    {
        await Open(role);
        var silence = _handoff.SilenceToken;

        await Acknowledge();
        _unit.Messages.Single().ShouldBeOfType<HandoffAcknowledged>().AcceptBy.ShouldBeNull();
        _handoff.SilenceToken.ShouldBeNull();
        (await Silence(silence)).ShouldBeTrue();
        _unit.Messages.ShouldBeEmpty();

        await Accept();
        _handoff.CurrentState.ShouldBe("Accepted");
    }

    [Fact]
    public async Task Accepting_ends_the_clock_and_hands_on_what_the_child_needs()
    {
        await Open();
        await Acknowledge();

        (await Accept()).ShouldBeTrue();

        _handoff.CurrentState.ShouldBe("Accepted");
        _handoff.AcceptedBy.ShouldBe("worker-1");
        _handoff.SilenceToken.ShouldBeNull();
        _unit.Messages.Single().ShouldBeOfType<HandoffAccepted>().Child.ShouldBe(_handoff.Child);
    }

    [Fact]
    public async Task A_county_may_accept_without_acknowledging_first()
    {
        await Open();

        (await Accept()).ShouldBeTrue();

        _handoff.CurrentState.ShouldBe("Accepted");
    }

    [Theory]
    [InlineData("Open"), InlineData("Notified")]
    public async Task Silence_climbs_the_ladder_rung_by_rung_and_repeats_the_last_for_ever(string state)
    {
        await Open();
        _handoff.CurrentState = state;
        _clock.SetUtcNow(_handoff.AcknowledgeBy);

        await Silence();
        Told().ShouldBe(("county:06037", 1));
        _unit.Timers.Single().Delay.ShouldBe(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromMinutes(10));
        await Silence();
        Told().ShouldBe(("state:ca", 2));
        foreach (var step in Enumerable.Range(3, 3))
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            await Silence();
            Told().ShouldBe(("state:ca", step));
            _unit.Timers.Single().Delay.ShouldBe(TimeSpan.FromMinutes(20), TimeSpan.FromSeconds(2));
        }
        _handoff.CurrentState.ShouldBe(state);
    }

    [Fact]
    public async Task A_county_that_cannot_be_told_is_passed_at_once_but_the_last_rung_waits_for_its_time()
    {
        await Open();

        await Undeliverable();
        Told().ShouldBe(("county:06037", 1));
        await Undeliverable();
        Told().ShouldBe(("state:ca", 2));
        (await Undeliverable("state:ca")).ShouldBeTrue();

        _unit.Messages.ShouldBeEmpty();
        _handoff.SilenceToken.ShouldNotBeNull("somebody must still be woken");
    }

    [Fact]
    public async Task A_pack_that_changes_changes_nothing_that_is_under_way()
    {
        await Open();
        _directory.Load([("06037", new ProtocolPack { CountyFips = CountyFips.Parse("06037"), Name = "Los Angeles", Version = 2, Escalation = new() { Rungs = [new(0, Organization.Parse("le:CA0194200"))] } })]);

        _clock.Advance(TimeSpan.FromMinutes(15));
        await Silence();

        Told().ShouldBe(("county:06037", 1));
        _handoff.Pack.Version.ShouldBe(0);
    }

    [Theory]
    [InlineData("da:06037"), InlineData("tribe:yurok"), InlineData("county:32003")]
    public async Task Silence_of_a_recipient_without_a_pack_goes_to_the_state(string organization)
    {
        await Raise(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, Now) with { Organization = Organization.Parse(organization) });
        _unit.Messages.OfType<NoticeRequested>().Single().Organization.Text.ShouldBe(organization);

        _clock.Advance(TimeSpan.FromMinutes(15));
        await Silence();

        Told().ShouldBe(("state:ca", 1));
    }

    [Fact]
    public async Task Once_accepted_nothing_late_or_repeated_changes_anything()
    {
        await Open();
        var running = _handoff.SilenceToken;
        await Accept();

        foreach (var late in new Func<Task<bool>>[] { () => Open(), Acknowledge, Accept, () => Silence(), () => Silence(running), () => Delivered(), () => Undeliverable() })
        {
            (await late()).ShouldBeTrue();
            _handoff.CurrentState.ShouldBe("Accepted");
            _unit.Messages.ShouldBeEmpty();
            _unit.Timers.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("Open"), InlineData("Notified"), InlineData("Acknowledged")]
    public async Task Every_state_before_acceptance_takes_every_event(string state)
    {
        foreach (var @event in new Func<Task<bool>>[] { () => Open(), Acknowledge, () => Silence(), () => Delivered(), () => Delivered("state:ca"), () => Undeliverable(), Accept })
        {
            await Open();
            _handoff.CurrentState = state;
            (await @event()).ShouldBeTrue();
            if (_handoff.CurrentState != "Accepted")
                _handoff.SilenceToken.ShouldNotBeNull($"{state} must keep a live timer");
            _handoff.CurrentState = "";
        }
    }

    private (string, int) Told()
    {
        var escalated = _unit.Messages.OfType<HandoffEscalated>().Single();
        _unit.Messages.OfType<NoticeRequested>().Single().Organization.ShouldBe(escalated.Notified);
        return (escalated.Notified.Text, escalated.Step);
    }
}

internal static class SampleHandoff
{
    public static HandoffOpened Opened(Guid handoffId, DateTimeOffset now) => new()
    {
        EncounterId = Guid.NewGuid(),
        At = now,
        ReportId = Guid.NewGuid(),
        HandoffId = handoffId,
        Organization = Organization.Parse("county:06037"),
        OrganizationName = "Los Angeles",
        Role = Role.Responder,
        Basis = Bases.FoundLocation,
        Confidence = Confidences.Clear,
        Rule = "a rule",
        Urgency = Urgencies.Immediate,
        AcknowledgeBy = now.AddMinutes(15),
        Child = new() { ReportId = Guid.NewGuid(), ReportedAt = now, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [new(Guid.NewGuid(), "ADVOCATE")] },
    };

    public static HandoffConfirmed Confirmed(Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Child = handoff.Child,
        Urgency = handoff.Urgency,
        Rule = "a person's rule",
        DeskItemId = Guid.Parse("019ab4c0-7d10-7000-8000-0000000000d1"),
    };

    public static HandoffWithdrawn Withdrawn(Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
    };

    public static NoticeDelivered Delivered(Handoff handoff, string organization, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        NoticeId = Guid.NewGuid(),
        RequestedBy = handoff.CorrelationId,
        Organization = Organization.Parse(organization),
        Attempts = 1,
    };

    public static NoticeUndeliverable Undeliverable(Handoff handoff, string organization, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        NoticeId = Guid.NewGuid(),
        RequestedBy = handoff.CorrelationId,
        Organization = Organization.Parse(organization),
        Reason = "NO_ENDPOINT",
    };
}
