using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>One county is referred the same report by two: whatever it answers, neither waits for nobody.</summary>
public sealed class SeveralAsksTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private static readonly Organization Asked = Organization.Parse("county:06059"), First = Organization.Parse("county:06037"), Second = Organization.Parse("county:06111"), Third = Organization.Parse("county:06073");
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private readonly Guid _encounter = Guid.NewGuid(), _report = Guid.NewGuid();
    private UnitOfWork _unit = new();

    public SeveralAsksTests()
    {
        var directory = new CountyDirectory(Maps.California, new(false));
        directory.Load([]);
        _machine = new(directory, new("county-routing"), TestStates.California.Law, _clock);
    }

    private string Said => string.Join(' ', _unit.Messages.Select(m => m.GetType().Name));
    private IEnumerable<string> Relieved => _unit.Messages.OfType<HandoffTakenOver>().Select(taken => $"{taken.Organization} by {taken.By}");

    private async Task<bool> Raise<T>(Event<T> @event, T message) where T : class
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        _unit = new();
        return await SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, cancellation: TestContext.Current.CancellationToken);
    }

    private async Task<Referral> AskedBy(Organization sender, string basis = Bases.Referral)
    {
        var referral = new Referral { HandoffId = HandoffIds.Handoff(_report, sender), Hops = [new(sender, Asked, ReferralReasons.LivesThere, _clock.GetUtcNow())] };
        var opened = SampleHandoff.Opened(_handoff.CorrelationId, Now);
        Guid? item = basis == Bases.Desk ? HandoffIds.Dispute(referral.HandoffId, referral.Hops) : null;
        await Raise(_machine.Opened, opened with { EncounterId = _encounter, ReportId = _report, Organization = Asked, Basis = basis, Rule = $"asked by {sender}", Referral = referral, DeskItemId = item });
        return referral;
    }

    private Task<bool> Accept() => Raise(_machine.AcceptRequested, new("worker-1"));
    private Task<bool> ReferTo(Organization to) => Raise(_machine.ReferOnRequested, new(to, ReferralReasons.ChildIsThere, "worker-1"));
    private Task<bool> Withdraw(Referral referral) => Raise(_machine.WithdrawnByDesk, SampleHandoff.Withdrawn(_handoff, Now) with { Referral = referral });
    private Task<bool> TakenOverBy(Organization by) => Raise(_machine.TakenOver, new()
    {
        EncounterId = _encounter,
        At = _clock.GetUtcNow(),
        ReportId = _report,
        HandoffId = _handoff.CorrelationId,
        Organization = Asked,
        By = by,
        ReferredAt = _handoff.Referrals[^1].At,
        ByHandoffId = HandoffIds.Handoff(_report, by),
    });

    [Fact]
    public async Task It_is_asked_once_and_its_acceptance_relieves_both()
    {
        await AskedBy(First);
        await AskedBy(Second);
        Said.ShouldBe("", "it has been told");

        await Accept();

        Relieved.ShouldBe(["county:06037 by county:06059", "county:06111 by county:06059"]);
        _handoff.AlsoAsked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_desk_had_asked_for_both_is_settled_for_both()
    {
        var first = await AskedBy(First, Bases.Desk);
        var second = await AskedBy(Second, Bases.Desk);

        await Accept();

        _unit.Messages.OfType<JurisdictionClaimed>().Select(claimed => claimed.DeskItemId).ShouldBe([HandoffIds.Dispute(first.HandoffId, first.Hops), HandoffIds.Dispute(second.HandoffId, second.Hops)]);
    }

    [Theory]
    [InlineData(true, "county:06111"), InlineData(false, "county:06037")]
    public async Task When_the_desk_takes_one_back_it_goes_on_being_asked_for_the_other(bool first, string stays)
    {
        var (one, other) = (await AskedBy(First), await AskedBy(Second));

        await Withdraw(first ? one : other);

        (Said, _handoff.CurrentState, _handoff.Rule, _handoff.SilenceToken is null).ShouldBe(("", "Open", $"asked by {stays}", false));
        await Accept();
        Relieved.ShouldBe([$"{stays} by county:06059"]);
    }

    [Fact]
    public async Task When_the_desk_takes_both_back_it_ends()
    {
        var (one, other) = (await AskedBy(First), await AskedBy(Second));

        await Withdraw(one);
        await Withdraw(other);

        (_handoff.CurrentState, _handoff.SilenceToken).ShouldBe(("Withdrawn", null));
    }

    [Fact]
    public async Task Who_asks_while_it_refers_it_on_is_relieved_by_whoever_accepts_in_the_end()
    {
        await AskedBy(First);
        await ReferTo(Third);
        Relieved.ShouldBe(["county:06037 by county:06059"]);
        await AskedBy(Second);
        Said.ShouldBe("");

        await TakenOverBy(Third);

        Relieved.ShouldBe(["county:06111 by county:06073"]);
        _handoff.CurrentState.ShouldBe("ReferredOn");
    }

    [Fact]
    public async Task Whoever_takes_it_over_and_has_already_referred_it_back_asks_it_anew()
    {
        await AskedBy(First);
        await ReferTo(Second);
        var accepted = _clock.GetUtcNow();
        await AskedBy(Second);

        await Raise(_machine.TakenOver, new()
        {
            EncounterId = _encounter,
            At = accepted,
            ReportId = _report,
            HandoffId = _handoff.CorrelationId,
            Organization = Asked,
            By = Second,
            ReferredAt = _handoff.Referrals[^1].At,
            ByHandoffId = HandoffIds.Handoff(_report, Second),
        });

        (_handoff.CurrentState, _handoff.ReferredBy, _handoff.AcceptedAt).ShouldBe(("Open", HandoffIds.Handoff(_report, Second), null));
        _handoff.SilenceToken.ShouldNotBeNull();
        await Accept();
        Relieved.ShouldBe(["county:06111 by county:06059"]);
    }

    [Fact]
    public async Task Who_has_referred_it_on_again_is_not_relieved_by_an_answer_to_the_first_time()
    {
        await AskedBy(First);
        await ReferTo(Third);
        var referredAt = _handoff.Referrals[^1].At;
        await Raise(_machine.Confirmed, SampleHandoff.Confirmed(_handoff, Now) with { Keeps = true });
        await ReferTo(Second);

        await Raise(_machine.TakenOver, new() { EncounterId = _encounter, At = Now, ReportId = _report, HandoffId = _handoff.CorrelationId, Organization = Asked, By = Third, ReferredAt = referredAt, ByHandoffId = Guid.NewGuid() });

        (_handoff.CurrentState, _handoff.ReferredTo).ShouldBe(("Referring", Second));
    }
}
