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

/// <summary>The agency adds to a report, or takes it back, in every state of a handoff: who has a part in it is told, and nothing else happens.</summary>
public sealed class AddingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero), Later = Now.AddHours(2);
    private readonly CountyDirectory _directory = new(Maps.California, new(false));
    private readonly HandoffMachine _machine;
    private UnitOfWork _unit = new();

    public AddingTests()
    {
        _directory.Load([]);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, new FakeTimeProvider(Now));
    }

    /// <summary>Each state, and whether somebody there is told.</summary>
    public static TheoryData<string, bool> States => new()
    {
        { "Open", true }, { "Notified", true }, { "Acknowledged", true }, { "Accepted", true }, { "ResponseDetermined", true }, { "Referring", true }, { "Closed", true },
        { "Withdrawn", false }, { "ReferredOn", false },
    };

    private Task<bool> AddAsync(Handoff handoff, int sequence = 1, Func<HandoffSupplemented, HandoffSupplemented>? change = null)
    {
        HandoffSupplemented added = new() { EncounterId = handoff.EncounterId, At = Later, ReportId = handoff.ReportId, HandoffId = handoff.CorrelationId, Organization = handoff.Organization, Sequence = sequence };
        return RaiseAsync(handoff, _machine.Supplemented, change?.Invoke(added) ?? added);
    }

    private Task<bool> RetractAsync(Handoff handoff, string reason = RetractionReasons.WrongChild) => RaiseAsync(handoff, _machine.Retracted, new()
    {
        EncounterId = handoff.EncounterId,
        At = Later,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Reason = reason,
    });

    private Task<bool> RaiseAsync<T>(Handoff handoff, Event<T> @event, T message) where T : class
    {
        _unit = new();
        return SagaStep.RaiseAsync(_machine, handoff, @event, message, _unit, cancellation: TestContext.Current.CancellationToken);
    }

    private static HandoffView View(Handoff handoff) => HandoffView.Of(handoff, TestStates.California.Law);

    [Theory, MemberData(nameof(States))]
    public async Task What_is_added_is_told_to_whoever_has_a_part_in_the_report(string state, bool isTold)
    {
        var handoff = await RefusalTests.InAsync(_machine, state);
        var (due, timer) = (handoff.DueAt, handoff.SilenceToken);

        (await AddAsync(handoff)).ShouldBeTrue();

        (handoff.CurrentState, handoff.DueAt, handoff.SilenceToken).ShouldBe((state, due, timer), "nothing else happens");
        _unit.Timers.ShouldBeEmpty();
        View(handoff).Supplements.ShouldBe(new(1, Later));
        if (!isTold)
            _unit.Messages.ShouldBeEmpty();
        else
            _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<NoticeRequested>().ShouldSatisfyAllConditions(
                n => n.Type.ShouldBe("handoff.supplemented.v1"), n => n.Organization.ShouldBe(handoff.Organization), n => n.Subject.ShouldBe(handoff.CorrelationId),
                n => n.ReportId.ShouldBe(handoff.ReportId), n => n.DueAt.ShouldBe(due));
    }

    [Theory, MemberData(nameof(States))]
    public async Task A_retraction_is_told_once_to_whoever_has_a_part_in_the_report_and_ends_nothing(string state, bool isTold)
    {
        var handoff = await RefusalTests.InAsync(_machine, state);
        var (due, timer, reads) = (handoff.DueAt, handoff.SilenceToken, handoff.ReadsUntil);

        (await RetractAsync(handoff)).ShouldBeTrue();

        (handoff.CurrentState, handoff.DueAt, handoff.SilenceToken, handoff.ReadsUntil).ShouldBe((state, due, timer, reads));
        View(handoff).Retracted.ShouldBe(new("WRONG_CHILD", Later, null));
        _unit.Messages.OfType<NoticeRequested>().Select(n => n.Type).ShouldBe(isTold ? ["handoff.retracted.v1"] : []);
        _unit.Messages.Count().ShouldBe(isTold ? 1 : 0);

        await RetractAsync(handoff, RetractionReasons.TestData);

        _unit.Messages.ShouldBeEmpty();
        View(handoff).Retracted!.Reason.ShouldBe("WRONG_CHILD", "what was said first stays");
    }

    [Fact]
    public async Task What_comes_twice_or_too_late_tells_nobody_again()
    {
        var handoff = await RefusalTests.InAsync(_machine, "Accepted");
        await AddAsync(handoff, 2);

        foreach (var sequence in new[] { 2, 1 })
        {
            await AddAsync(handoff, sequence);
            _unit.Messages.ShouldBeEmpty();
            View(handoff).Supplements!.Count.ShouldBe(2);
        }
        await AddAsync(handoff, 3);
        _unit.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_known_of_the_child_and_how_urgent_it_is_goes_on_with_the_report()
    {
        var handoff = await RefusalTests.InAsync(_machine, "Accepted");
        (handoff.Urgency, handoff.Child) = (Urgencies.Prompt, handoff.Child with { Missing = false, Gender = Genders.Unknown, Languages = ["es"] });

        await AddAsync(handoff, change: m => m with { ImmediateDanger = true, Child = new() { Missing = true, DependencyCountyFips = CountyFips.Parse("06059") } });

        (handoff.Child.Missing, handoff.Child.DependencyCountyFips?.Text, handoff.Child.Gender, handoff.Child.Languages.Single()).ShouldBe((true, "06059", Genders.Unknown, "es"));
        _unit.Messages.OfType<NoticeRequested>().Single().Urgency.ShouldBe(Urgencies.Immediate);
        await RaiseAsync(handoff, _machine.ReferOnRequested, new(Organization.Parse("county:06059"), ReferralReasons.LivesThere, "worker-1"));
        _unit.Messages.OfType<HandoffReferredOn>().Single().ShouldSatisfyAllConditions(m => m.Child.Missing.ShouldBeTrue(), m => m.Urgency.ShouldBe(Urgencies.Immediate));
    }

    [Theory]
    [InlineData("Accepted", false, false), InlineData("Accepted", true, true), InlineData("ResponseDetermined", false, false), InlineData("ResponseDetermined", true, true)]
    public async Task A_county_closes_as_retracted_what_was_and_nothing_else(string state, bool isRetracted, bool closes)
    {
        var handoff = await RefusalTests.InAsync(_machine, state);
        if (isRetracted)
            await RetractAsync(handoff);

        (await RaiseAsync(handoff, _machine.CloseRequested, new(ClosingReasons.RetractedBySender))).ShouldBe(closes);

        if (closes)
            (_unit.Messages.OfType<HandoffClosed>().Single().Reason, handoff.CurrentState, handoff.SilenceToken).ShouldBe(("RETRACTED_BY_SENDER", "Closed", null));
    }
}
