using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// Open → Notified → Acknowledged → Accepted. There is no refusal: a county may not refuse a report for lack of jurisdiction (PC 11165.9).
/// Until somebody has accepted, a timer runs against silence; each time it fires, one more rung of the county's ladder is told.
/// </summary>
public sealed class HandoffMachine : SagaMachine<Handoff>
{
    private readonly CountyDirectory _directory;
    private readonly NoticeBuilder _notices;
    private readonly TimeProvider _time;

    public HandoffMachine(CountyDirectory directory, NoticeBuilder notices, TimeProvider time)
    {
        (_directory, _notices, _time) = (directory, notices, time);
        On(() => Opened, m => m.HandoffId);
        OnAnswer(() => Delivered, m => m.RequestedBy);
        OnAnswer(() => Undeliverable, m => m.RequestedBy);
        OnCommand(() => AcknowledgeRequested);
        OnCommand(() => AcceptRequested);
        OnTimer(() => Silence, h => h.SilenceToken, m => m.HandoffId);

        Initially(When(Opened)
            .Then(c => c.Saga.Begin(c.Message))
            .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcknowledgeBy - _time.GetUtcNow())
            .If(c => c.Saga.ReadsFromOpening(), opened => opened.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
            .Publish(c => c.Saga.Notice(notices, "handoff.opened.v1", c.Saga.Organization, _time.GetUtcNow()))
            .TransitionTo(Open));

        During(Open, When(Delivered, c => c.Message.Organization == c.Saga.Organization)
            .Then(c => c.Saga.NotifiedAt = c.Message.At)
            .TransitionTo(Notified));

        During([Open, Notified],
            When(AcknowledgeRequested)
                .Then(c => c.Saga.AcknowledgedAt = _time.GetUtcNow())
                .Publish(c => c.Saga.Acknowledged(_time.GetUtcNow()))
                .TransitionTo(Acknowledged));

        During([Open, Notified, Acknowledged],
            When(AcceptRequested)
                .Unschedule(Silence)
                .Then(c => (c.Saga.AcceptedAt, c.Saga.AcceptedBy) = (_time.GetUtcNow(), c.Message.By))
                .Publish(c => c.Saga.Accepted(_time.GetUtcNow()))
                .If(c => !c.Saga.ReadsFromOpening(), accepted => accepted.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
                .TransitionTo(Accepted),
            Climb(When(Silence!.Received)),
            // A rung that cannot be reached is passed at once, but the last one waits for its time: it is told again and again.
            Climb(When(Undeliverable, c => c.Saga.EscalationStep < Ladder(c.Saga).Rungs.Count)));

        During(Notified, Ignore(Delivered));
        During(Acknowledged, Ignore(Delivered), Ignore(AcknowledgeRequested));
        During([Open, Notified, Acknowledged], Ignore(Opened));
        During(Accepted, Ignore(Opened), Ignore(Delivered), Ignore(Undeliverable), Ignore(AcknowledgeRequested), Ignore(AcceptRequested));
    }

    public State Open { get; private set; } = null!;
    public State Notified { get; private set; } = null!;
    public State Acknowledged { get; private set; } = null!;
    public State Accepted { get; private set; } = null!;

    public Event<HandoffOpened> Opened { get; private set; } = null!;
    public Event<NoticeDelivered> Delivered { get; private set; } = null!;
    public Event<NoticeUndeliverable> Undeliverable { get; private set; } = null!;
    public Event<AcknowledgeHandoff> AcknowledgeRequested { get; private set; } = null!;
    public Event<AcceptHandoff> AcceptRequested { get; private set; } = null!;
    public Schedule<Handoff, HandoffSilent> Silence { get; private set; } = null!;

    private EventActivityBinder<Handoff, T> Climb<T>(EventActivityBinder<Handoff, T> silent) where T : class => silent
        .Then(c => c.Saga.EscalationStep++)
        .Publish(c => c.Saga.Escalated(Ladder(c.Saga).Step(c.Saga.EscalationStep).Organization, _time.GetUtcNow()))
        .Publish(c => c.Saga.Notice(_notices, "handoff.escalated.v1", Ladder(c.Saga).Step(c.Saga.EscalationStep).Organization, _time.GetUtcNow()))
        .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => UntilNextRung(c.Saga));

    private TimeSpan UntilNextRung(Handoff handoff)
    {
        var ladder = Ladder(handoff);
        var due = handoff.AcknowledgeBy.AddMinutes(ladder.Step(handoff.EscalationStep + 1).AfterMinutes) - _time.GetUtcNow();
        // After an outage many rungs may be overdue: they are told one by one, not all in the same second, and the last never without a pause.
        var pause = handoff.EscalationStep >= ladder.Rungs.Count ? TimeSpan.FromMinutes(ladder.RepeatLastEveryMinutes) : TimeSpan.FromSeconds(1);
        return due > pause ? due : pause;
    }

    private Escalation Ladder(Handoff handoff) =>
        CountyMap.California.Find(handoff.CountyFips) is { } county ? _directory.PackOf(county).Escalation : new() { Rungs = [new(0, Escalation.State)] };
}
