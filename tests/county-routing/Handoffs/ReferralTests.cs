using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>A report that is referred on, as a table: what its sender, the statewide system and the next one do.</summary>
public sealed class ReferralTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private static readonly Organization LosAngeles = Organization.Parse("county:06037"), Orange = Organization.Parse("county:06059"), Ventura = Organization.Parse("county:06111");
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));
    private readonly HandoffMachine _machine;
    private readonly RouteReferral _routing;
    private readonly Handoff _sender = new() { CorrelationId = Guid.NewGuid() }, _next = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public ReferralTests()
    {
        _directory.Load([("06037", new ProtocolPack
        {
            CountyFips = CountyFips.Parse("06037"),
            Name = "Los Angeles",
            AcceptWithinMinutes = 30,
            Escalation = new() { Rungs = [new(0, Organization.Parse("state:ca"))], RepeatLastEveryMinutes = 20 },
        })]);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, _clock);
        _routing = new(Maps.California, new(Maps.California, _directory, _clock), _clock);
    }

    private string Said => string.Join(' ', _unit.Messages.Select(m => m.GetType().Name));
    private T Single<T>() => _unit.Messages.OfType<T>().ShouldHaveSingleItem();

    private async Task<bool> Raise<T>(Handoff handoff, Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new();
        return await SagaStep.RaiseAsync(_machine, handoff, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> OpenSender(Func<HandoffOpened, HandoffOpened>? with = null) => Raise(_sender, _machine.Opened, (with ?? (o => o))(SampleHandoff.Opened(_sender.CorrelationId, Now)));
    private Task<bool> Accept(Handoff handoff) => Raise(handoff, _machine.AcceptRequested, new("worker-1"));
    private Task<bool> Refer(Handoff from, Organization to) => Raise(from, _machine.ReferOnRequested, new(to, ReferralReasons.ChildIsThere, "worker-1"));

    private HandoffOpened Route()
    {
        var unit = new UnitOfWork();
        _routing.Route(Single<HandoffReferredOn>(), unit);
        return unit.Messages.OfType<HandoffOpened>().ShouldHaveSingleItem() with { HandoffId = _next.CorrelationId };
    }

    private async Task ToNext()
    {
        await OpenSender();
        await Refer(_sender, Orange);
        await Raise(_next, _machine.Opened, Route());
    }

    [Fact]
    public async Task Referring_on_accepts_first_and_waits_for_the_next()
    {
        await OpenSender();

        (await Refer(_sender, Orange)).ShouldBeTrue();

        Said.ShouldBe("HandoffAccepted HandoffReferredOn");
        Single<HandoffAccepted>().RefersOn.ShouldBeTrue("nobody is asked for the child here");
        Single<HandoffReferredOn>().Hops.ShouldBe([new(LosAngeles, Orange, "CHILD_IS_THERE", Now)]);
        (_sender.CurrentState, _sender.AcceptedBy, _sender.ReferredTo, _sender.NextAcceptBy, _sender.SilenceToken is null).ShouldBe(("Referring", "worker-1", Orange, Now.AddMinutes(30), false));
        _sender.ReadsUntil.ShouldNotBeNull("it is responsible");
    }

    [Fact]
    public async Task What_was_accepted_before_is_referred_on_without_accepting_it_again()
    {
        await OpenSender();
        await Accept(_sender);

        await Refer(_sender, Orange);

        Said.ShouldBe("HandoffReferredOn");
    }

    [Fact]
    public async Task The_next_is_told_who_referred_it_on_and_reads_and_responds_only_with_its_acceptance()
    {
        await ToNext();

        Said.ShouldBe("DisclosureGranted NoticeRequested");
        (Single<NoticeRequested>().Type, Single<NoticeRequested>().Organization).ShouldBe(("handoff.referred-on.v1", Orange));
        (_next.Role, _next.Basis, _next.ReferredBy).ShouldBe((Role.Responder, Bases.Referral, _sender.CorrelationId));
        HandoffView.Of(_next, TestStates.California.Law).ShouldSatisfyAllConditions(
            v => v.Referrals.ShouldBe([new(LosAngeles, Orange, "CHILD_IS_THERE", Now)]), v => v.Rules.Select(r => r.Citation).ShouldContain("SafeHarbor default"));
        _sender.CurrentState.ShouldBe("Referring");

        await Accept(_next);

        Said.ShouldBe("HandoffAccepted HandoffTakenOver");
        Single<HandoffAccepted>().Referral!.HandoffId.ShouldBe(_sender.CorrelationId);
        var taken = Single<HandoffTakenOver>();
        (taken.HandoffId, taken.Organization, taken.By, ((IAddressed)taken).Key).ShouldBe((_sender.CorrelationId, LosAngeles, Orange, "county:06037"));
        await Raise(_sender, _machine.TakenOver, taken);
        Said.ShouldBe("NoticeRequested DisclosureEnded");
        (_sender.CurrentState, _sender.ReadsUntil, _sender.SilenceToken).ShouldBe(("ReferredOn", null, null));
    }

    [Fact]
    public async Task Every_grant_of_the_sender_ends_with_its_part()
    {
        await OpenSender();
        var grants = new List<Guid> { Single<DisclosureGranted>().GrantId };
        await Accept(_sender);
        _clock.Advance(TimeSpan.FromDays(60));
        await Raise(_sender, _machine.RenewRequested, new());
        grants.Add(Single<DisclosureGranted>().GrantId);
        await Refer(_sender, Orange);
        await Raise(_next, _machine.Opened, Route());
        await Accept(_next);

        await Raise(_sender, _machine.TakenOver, Single<HandoffTakenOver>());

        _unit.Messages.OfType<DisclosureEnded>().Select(e => e.GrantId).ShouldBe(grants);
    }

    [Fact]
    public async Task While_the_next_is_silent_the_sender_is_told_first_and_then_its_ladder_for_ever()
    {
        await OpenSender();
        await Refer(_sender, Orange);

        _clock.Advance(TimeSpan.FromMinutes(30));
        foreach (var told in new[] { "county:06037", "state:ca", "state:ca" })
        {
            if (told != "county:06037")
                _clock.Advance(TimeSpan.FromMinutes(20));
            await Raise(_sender, _machine.Silence.AnyReceived, new(_sender.EncounterId, _sender.CorrelationId), _sender.SilenceToken);
            (Single<HandoffEscalated>().Notified.Text, Single<HandoffEscalated>().Awaited).ShouldBe((told, "NEXT_ACCEPTANCE"));
            Single<NoticeRequested>().Organization.Text.ShouldBe(told);
            _unit.Timers.ShouldHaveSingleItem();
        }
        _sender.CurrentState.ShouldBe("Referring");
    }

    [Theory]
    [InlineData("06037", null, Role.Dependency), InlineData(null, "06037", Role.Residence)]
    public async Task Who_has_a_part_in_it_all_the_same_keeps_that(string? dependency, string? residence, Role part)
    {
        await OpenSender(o => o with { Child = o.Child with { DependencyCountyFips = Fips(dependency), ResidenceCountyFips = Fips(residence) } });
        await Refer(_sender, Orange);
        Single<HandoffReferredOn>().RemainsAs.ShouldBe(part);
        await Raise(_next, _machine.Opened, Route());
        await Accept(_next);

        await Raise(_sender, _machine.TakenOver, Single<HandoffTakenOver>());

        Said.ShouldBe("NoticeRequested");
        (_sender.CurrentState, _sender.Role, _sender.ReferredTo).ShouldBe(("Accepted", part, Orange));
        (await Refer(_sender, Ventura)).ShouldBeFalse("it responds no longer");
    }

    [Theory]
    [InlineData("open"), InlineData("acknowledged"), InlineData("accepted"), InlineData("withdrawn")]
    public async Task Who_had_another_part_or_had_lost_it_is_asked_as_anybody_is(string before)
    {
        await Raise(_next, _machine.Opened, SampleHandoff.Opened(_next.CorrelationId, Now) with { Organization = Orange, Role = Role.Residence });
        if (before == "acknowledged")
            await Raise(_next, _machine.AcknowledgeRequested, new());
        if (before == "accepted")
            await Accept(_next);
        if (before == "withdrawn")
            await Raise(_next, _machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_next, Now));

        await ToNext();

        _unit.Messages.ShouldNotContain(m => m is HandoffTakenOver);

        (_next.CurrentState, _next.Role, _next.AcceptedAt, _next.SilenceToken is null).ShouldBe(("Open", Role.Responder, null, false));
        _next.ReadsUntil.ShouldNotBeNull();
        Single<NoticeRequested>().Type.ShouldBe("handoff.referred-on.v1");
        await Accept(_next);
        Said.ShouldBe("HandoffAccepted HandoffTakenOver");
    }

    [Fact]
    public async Task The_next_may_refer_it_on_at_once_and_relieves_its_sender_by_that()
    {
        await ToNext();

        await Refer(_next, Ventura);

        Said.ShouldBe("HandoffAccepted HandoffTakenOver HandoffReferredOn");
        Single<HandoffReferredOn>().Hops.Select(hop => $"{hop.From}>{hop.To}").ShouldBe(["county:06037>county:06059", "county:06059>county:06111"]);
        Single<HandoffAccepted>().Referral!.Hops.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("06037 06059 06037"), InlineData("06037 06059 06111 06073 06067"), InlineData("06037 06059 06111 06059")]
    public void Back_to_one_that_had_it_or_too_often_it_goes_to_the_desk_with_both_sides_named(string way)
    {
        var unit = Routed(way);

        var undetermined = unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<JurisdictionUndetermined>();
        undetermined.Reason.ShouldBe("DISPUTED");
        undetermined.Between!.Select(o => o.Text[^5..]).ShouldBe(way.Split(' ')[^2..]);
        undetermined.Referral!.HandoffId.ShouldBe(_sender.CorrelationId);
    }

    [Theory]
    [InlineData("06037 06059"), InlineData("06037 06059 06111 06073")]
    public void Otherwise_it_goes_on(string way) => Routed(way).Messages.ShouldHaveSingleItem().ShouldBeOfType<HandoffOpened>().Organization.Text[^5..].ShouldBe(way[^5..]);

    [Fact]
    public async Task What_the_desk_lets_the_sender_keep_it_keeps_and_settles_the_desks_item()
    {
        await OpenSender();
        await Refer(_sender, Orange);

        await Raise(_sender, _machine.Confirmed, SampleHandoff.Confirmed(_sender, Now));
        (_sender.CurrentState, Said).ShouldBe(("Referring", ""), "a confirmation of its claim is no decision about the referral");
        await Raise(_sender, _machine.Confirmed, SampleHandoff.Confirmed(_sender, Now) with { Keeps = true, DeskItemId = HandoffIds.Dispute(_sender.CorrelationId, _sender.Referrals) });

        Said.ShouldBe("NoticeRequested JurisdictionClaimed");
        Single<JurisdictionClaimed>().DeskItemId.ShouldBe(HandoffIds.Dispute(_sender.CorrelationId, _sender.Referrals));
        (_sender.CurrentState, _sender.ReferredTo, _sender.SilenceToken).ShouldBe(("Accepted", null, null));
        (await Refer(_sender, Ventura)).ShouldBeTrue("there may be a third");
    }

    [Fact]
    public async Task Who_responds_already_relieves_its_sender_without_being_asked_again()
    {
        await ToNext();
        await Accept(_next);
        var again = SampleHandoff.Opened(_next.CorrelationId, Now) with { Organization = Orange, Referral = new() { HandoffId = _sender.CorrelationId, Hops = _sender.Referrals } };

        await Raise(_next, _machine.Opened, again);

        (Said, _next.CurrentState).ShouldBe(("HandoffTakenOver", "Accepted"));
    }

    private UnitOfWork Routed(string way)
    {
        List<Organization> counties = [.. way.Split(' ').Select(fips => Organization.Parse($"county:{fips}"))];
        var opened = SampleHandoff.Opened(_sender.CorrelationId, Now);
        var unit = new UnitOfWork();
        _routing.Route(new()
        {
            EncounterId = opened.EncounterId,
            At = Now,
            ReportId = opened.ReportId,
            HandoffId = opened.HandoffId,
            Organization = counties[^2],
            Hops = [.. counties.Zip(counties[1..], (from, to) => new ReferralHop(from, to, ReferralReasons.LivesThere, Now))],
            Child = opened.Child,
            Urgency = opened.Urgency,
        }, unit);
        return unit;
    }

    private static CountyFips? Fips(string? fips) => fips is null ? null : CountyFips.Parse(fips);
}
