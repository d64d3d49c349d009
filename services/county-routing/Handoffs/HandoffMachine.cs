using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// Open → Notified → Acknowledged → Accepted (<c>HandoffMachine.Answering.cs</c>). There is no refusal: a county may not refuse a report for lack of jurisdiction
/// (PC 11165.9). What is another's it refers on: Referring → ReferredOn (<c>HandoffMachine.Referring.cs</c>). Until one has accepted the desk can give the report to
/// another (<c>HandoffMachine.Deciding.cs</c>). Whoever responds determines how soon it sees the child, and closes the report: ResponseDetermined → Closed
/// (<c>HandoffMachine.Responding.cs</c>). What its agency adds to the report, and that it takes it back, is told in every state (<c>HandoffMachine.Adding.cs</c>); an officer's call starts a
/// clock of the county's pack (<c>HandoffMachine.BeingCalled.cs</c>).
/// </summary>
public sealed partial class HandoffMachine : SagaMachine<Handoff>
{
    private readonly CountyDirectory _directory;
    private readonly NoticeBuilder _notices;
    private readonly ServiceDefaults.States.LawRegister _law;
    private readonly TimeProvider _time;

    public HandoffMachine(CountyDirectory directory, NoticeBuilder notices, ServiceDefaults.States.LawRegister law, TimeProvider time)
    {
        (_directory, _notices, _law, _time) = (directory, notices, law, time);
        On(() => Opened, m => m.HandoffId);
        OnAnswer(() => Delivered, m => m.RequestedBy);
        OnAnswer(() => Undeliverable, m => m.RequestedBy);
        OnCommand(() => AcknowledgeRequested);
        OnCommand(() => AcceptRequested);
        OnCommand(() => RenewRequested);
        OnCommand(() => ReferOnRequested);
        OnCommand(() => DetermineRequested);
        OnCommand(() => InPersonRequested);
        OnCommand(() => CloseRequested);
        OnAnswer(() => Confirmed, m => m.HandoffId);
        OnAnswer(() => WithdrawnByDesk, m => m.HandoffId);
        OnAnswer(() => TakenOver, m => m.HandoffId);
        OnAnswer(() => Downgraded, m => m.HandoffId);
        OnAnswer(() => Supplemented, m => m.HandoffId);
        OnAnswer(() => Retracted, m => m.HandoffId);
        OnSequel(() => OfficerCalled, m => m.HandoffId);
        OnTimer(() => Silence, h => h.SilenceToken, m => m.HandoffId);

        Initially(Tell(When(Opened).Then(c => c.Saga.Begin(c.Message, directory.SnapshotFor(c.Message.Organization, c.Message.ListedBy)))));
        Answering();
        Deciding();
        ReferringOn();
        Responding();
        Adding();
        BeingCalled();
    }

    /// <summary>The recipient is being told.</summary>
    public State Open { get; private set; } = null!;
    /// <summary>A notice was delivered to the recipient's systems; silence is waited for.</summary>
    public State Notified { get; private set; } = null!;
    /// <summary>A human there has seen it.</summary>
    public State Acknowledged { get; private set; } = null!;
    /// <summary>The recipient has taken over.</summary>
    public State Accepted { get; private set; } = null!;
    /// <summary>The desk gave the report to another, or it was a drill that is over, before anybody here had accepted.</summary>
    public State Withdrawn { get; private set; } = null!;
    /// <summary>The recipient has accepted the report and referred it on. It stays responsible until the next has accepted.</summary>
    public State Referring { get; private set; } = null!;
    /// <summary>The next has accepted; the recipient responds no longer.</summary>
    public State ReferredOn { get; private set; } = null!;

    /// <summary>The recipient has determined how soon it sees the child; until it has, that is waited for.</summary>
    public State ResponseDetermined { get; private set; } = null!;
    /// <summary>The recipient has closed the report.</summary>
    public State Closed { get; private set; } = null!;

    public Event<HandoffOpened> Opened { get; private set; } = null!;
    public Event<NoticeDelivered> Delivered { get; private set; } = null!;
    public Event<NoticeUndeliverable> Undeliverable { get; private set; } = null!;
    public Event<AcknowledgeHandoff> AcknowledgeRequested { get; private set; } = null!;
    public Event<AcceptHandoff> AcceptRequested { get; private set; } = null!;
    public Event<RenewAccess> RenewRequested { get; private set; } = null!;
    public Event<ReferOn> ReferOnRequested { get; private set; } = null!;
    public Event<DetermineResponse> DetermineRequested { get; private set; } = null!;
    public Event<RespondInPerson> InPersonRequested { get; private set; } = null!;
    public Event<CloseHandoff> CloseRequested { get; private set; } = null!;
    public Event<HandoffConfirmed> Confirmed { get; private set; } = null!;
    public Event<HandoffWithdrawn> WithdrawnByDesk { get; private set; } = null!;
    public Event<HandoffTakenOver> TakenOver { get; private set; } = null!;
    public Event<HandoffDowngraded> Downgraded { get; private set; } = null!;
    public Event<HandoffSupplemented> Supplemented { get; private set; } = null!;
    public Event<HandoffRetracted> Retracted { get; private set; } = null!;
    public Event<HandoffOfficerCalled> OfficerCalled { get; private set; } = null!;
    public Schedule<Handoff, HandoffSilent> Silence { get; private set; } = null!;

    /// <summary>Runs the one timer for what is waited for now: until that is due, or for the next rung of the ladder that is climbed for it already. None runs when nothing is.</summary>
    private EventActivityBinder<Handoff, T> Await<T>(EventActivityBinder<Handoff, T> step) where T : class => step
        .Unschedule(Silence)
        .Then(c => c.Saga.AwaitNext())
        .If(c => c.Saga.Next is not null, waits => waits.Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId),
            c => Wait(c.Saga, c.Saga.EscalationStep > 0 ? UntilNextRung(c.Saga) : c.Saga.Next!.DueBy - _time.GetUtcNow())));

    /// <summary>One more rung of the ladder is told, and the next one is waited for.</summary>
    private EventActivityBinder<Handoff, T> Climb<T>(EventActivityBinder<Handoff, T> silent) where T : class => silent
        .Then(c => c.Saga.Climb(_directory, _time.GetUtcNow()))
        .Publish(c => c.Saga.Escalated(_time.GetUtcNow(), _time.GetUtcNow() + UntilNextRung(c.Saga)))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffEscalated, c.Saga.Told[^1].Organization, _time.GetUtcNow()) with { Duty = c.Saga.Told[^1].Duty })
        .If(c => c.Saga.IsDesksNow, silent => silent.Publish(c => c.Saga.AsksDesk(_time.GetUtcNow())))
        .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => Wait(c.Saga, UntilNextRung(c.Saga)));

    // What could not be told of a rung is passed on at once; what was told of something else, or of a wait that is over, is not.
    private static bool IsClimbing(BehaviorContext<Handoff, NoticeUndeliverable> context) =>
        context.Saga.SilenceToken is not null && context.Saga.EscalationStep > 0 && context.Saga.EscalationStep < context.Saga.Ladder.Rungs.Count;

    // A drill is over at its time, wherever its ladder is then.
    private TimeSpan Wait(Handoff handoff, TimeSpan wait) => handoff.Child.DrillEndsAt - _time.GetUtcNow() is { } left && left < wait ? left : wait;

    private bool IsOver(Handoff handoff) => handoff.Child.DrillEndsAt <= _time.GetUtcNow();

    private TimeSpan UntilNextRung(Handoff handoff)
    {
        var ladder = handoff.Ladder;
        var due = handoff.DueBy.AddMinutes(ladder.Step(handoff.EscalationStep + 1).AfterMinutes);
        // After an outage many rungs may be overdue: they are told one by one, not all in the same second, and the last never without a pause.
        var pause = handoff.Told[^1].At + (handoff.EscalationStep >= ladder.Rungs.Count ? TimeSpan.FromMinutes(ladder.RepeatLastEveryMinutes) : TimeSpan.FromSeconds(1));
        return (due > pause ? due : pause) - _time.GetUtcNow();
    }

    private void TellDesk(Handoff handoff, UnitOfWork unit)
    {
        if (handoff.DeskItemId is { } item)
            unit.Publish(handoff.Claimed(item, _time.GetUtcNow()));
        // What routing has asked it about the lines near by is another item, which does not keep the desk from being asked when the county is silent.
        if (handoff.OuterLines.Count > 0 && HandoffIds.DeskItem(handoff.EncounterId) is var lines && lines != handoff.DeskItemId)
            unit.Publish(handoff.Claimed(lines, _time.GetUtcNow()));
    }
}
