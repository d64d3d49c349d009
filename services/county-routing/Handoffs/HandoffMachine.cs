using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// Open → Notified → Acknowledged → Accepted. There is no refusal: a county may not refuse a report for lack of jurisdiction (PC 11165.9). A timer runs
/// against silence until somebody has acknowledged, and then, for a recipient that must act, against waiting until somebody has accepted; each time it fires,
/// one more rung of the ladder is told. For one that only has to know, acknowledged is the end; it may accept all the same. A responder that was guessed reads
/// the report once it has accepted or the desk has confirmed it; until one has accepted the desk can give the report to another.
/// </summary>
public sealed class HandoffMachine : SagaMachine<Handoff>
{
    private readonly NoticeBuilder _notices;
    private readonly TimeProvider _time;

    public HandoffMachine(CountyDirectory directory, NoticeBuilder notices, ServiceDefaults.States.LawRegister law, TimeProvider time)
    {
        (_notices, _time) = (notices, time);
        // What rests on no rule is not given.
        bool MayRead(Handoff handoff) => law.For(RuleUses.OfGrant(handoff.Role)).Count > 0;
        On(() => Opened, m => m.HandoffId);
        OnAnswer(() => Delivered, m => m.RequestedBy);
        OnAnswer(() => Undeliverable, m => m.RequestedBy);
        OnCommand(() => AcknowledgeRequested);
        OnCommand(() => AcceptRequested);
        OnCommand(() => RenewRequested);
        OnAnswer(() => Confirmed, m => m.HandoffId);
        OnAnswer(() => WithdrawnByDesk, m => m.HandoffId);
        OnTimer(() => Silence, h => h.SilenceToken, m => m.HandoffId);

        Initially(When(Opened)
            .Then(c => c.Saga.Begin(c.Message, directory.SnapshotFor(c.Message.Organization, c.Message.ListedBy)))
            .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcknowledgeBy - _time.GetUtcNow())
            .If(c => c.Saga.ReadsAtOnce, opened => opened.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
            // Whoever is told of a guess knows from the notice that it may leave the decision to the desk.
            .Publish(c => c.Saga.Notice(notices, c.Saga.IsGuess ? NoticeTypes.HandoffGuessed : NoticeTypes.HandoffOpened, c.Saga.Organization, _time.GetUtcNow()))
            .TransitionTo(Open));

        During(Open, When(Delivered, c => c.Message.Organization == c.Saga.Organization)
            .Then(c => c.Saga.NotifiedAt = c.Message.At)
            .TransitionTo(Notified));

        During([Open, Notified],
            When(AcknowledgeRequested)
                .Unschedule(Silence)
                .Then(c => c.Saga.Acknowledge(_time.GetUtcNow()))
                .Publish(c => c.Saga.Acknowledged(_time.GetUtcNow()))
                .If(c => c.Saga.AcceptBy is not null, acts => acts
                    .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcceptBy!.Value - _time.GetUtcNow()))
                .TransitionTo(Acknowledged),
            // A rung that cannot be reached is passed at once, but the last one waits for its time: it is told again and again.
            Climb(When(Undeliverable, c => c.Saga.EscalationStep < c.Saga.Ladder.Rungs.Count)));

        // What was told of silence, and is not delivered, no longer matters.
        During(Acknowledged, Climb(When(Undeliverable, c => c.Saga.EscalationStep > 0 && c.Saga.EscalationStep < c.Saga.Ladder.Rungs.Count)));

        During([Open, Notified, Acknowledged],
            When(AcceptRequested)
                .Unschedule(Silence)
                .Then(c => (c.Saga.AcceptedAt, c.Saga.AcceptedBy) = (_time.GetUtcNow(), c.Message.By))
                .Publish(c => c.Saga.Accepted(_time.GetUtcNow()))
                .If(c => c.Saga.ReadsUntil is null && MayRead(c.Saga), accepted => accepted.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
                .Then(c => TellDesk(c.Saga, c.UnitOfWork()))
                .TransitionTo(Accepted),
            Climb(When(Silence!.Received)),
            End(When(WithdrawnByDesk, c => c.Message.RemainsAs is null)));

        // Another responds, but it has a part in it all the same: silence goes on counting, and waiting for the acceptance, where that is its part.
        During([Open, Notified], Remain(When(WithdrawnByDesk, c => c.Message.RemainsAs is not null)));
        During(Acknowledged, Remain(When(WithdrawnByDesk, c => c.Message.RemainsAs is not null))
            .If(c => !c.Saga.Role.MustAct(), knows => knows.Then(c => c.Saga.AcceptBy = null).Unschedule(Silence)));

        During([Open, Notified], Respond(When(Confirmed, c => !c.Saga.Responds)));
        During(Acknowledged, Respond(When(Confirmed, c => !c.Saga.Responds))
            // It only had to know until now.
            .If(c => c.Saga.AcceptBy is null, acts => acts
                .Then(c => c.Saga.WaitForAcceptance(_time.GetUtcNow()))
                .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcceptBy!.Value - _time.GetUtcNow())));
        During(Withdrawn, Respond(When(Confirmed).Then(c => c.Saga.Reopen(_time.GetUtcNow())))
            .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcknowledgeBy - _time.GetUtcNow())
            .TransitionTo(Open));
        During(Accepted,
            When(RenewRequested, c => MayRead(c.Saga) && c.Saga.CanRenew(_time.GetUtcNow())).Then(c => c.Saga.Renewals++).Publish(c => c.Saga.Grant(_time.GetUtcNow())),
            When(Confirmed, c => c.Saga.Role == Role.Responder).Then(c => c.Saga.Confirm(c.Message)),
            When(Confirmed, c => c.Saga.Role != Role.Responder)
                .Then(c => c.Saga.Confirm(c.Message))
                .Publish(c => c.Saga.Accepted(_time.GetUtcNow()))
                .Publish(c => c.Saga.Notice(notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()))
                .Then(c => TellDesk(c.Saga, c.UnitOfWork())));

        // Whoever only had to know because of the county that responded: what it has accepted ends too, and begins again with that county.
        During(Accepted, End(When(WithdrawnByDesk, c => !c.Saga.Role.IsCountyRole())));
        During(Withdrawn, When(Opened, c => !c.Saga.Role.IsCountyRole())
            .Then(c => c.Saga.Reopen(_time.GetUtcNow()))
            .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => c.Saga.AcknowledgeBy - _time.GetUtcNow())
            .Publish(c => c.Saga.Notice(notices, NoticeTypes.HandoffOpened, c.Saga.Organization, _time.GetUtcNow()))
            .TransitionTo(Open));

        During(Notified, Ignore(Delivered));
        During(Acknowledged, Ignore(Delivered), Ignore(AcknowledgeRequested));
        During([Open, Notified, Acknowledged], Ignore(Opened));
        During(Accepted, Ignore(Opened), Ignore(Delivered), Ignore(Undeliverable), Ignore(AcknowledgeRequested), Ignore(AcceptRequested));
        During(Withdrawn, Ignore(Delivered), Ignore(Undeliverable), Ignore(WithdrawnByDesk));
    }

    /// <summary>The recipient is being told.</summary>
    public State Open { get; private set; } = null!;
    /// <summary>A notice was delivered to the recipient's systems; silence is waited for.</summary>
    public State Notified { get; private set; } = null!;
    /// <summary>A human there has seen it.</summary>
    public State Acknowledged { get; private set; } = null!;
    /// <summary>The recipient has taken over.</summary>
    public State Accepted { get; private set; } = null!;
    /// <summary>The desk gave the report to another, before anybody here had accepted.</summary>
    public State Withdrawn { get; private set; } = null!;

    public Event<HandoffOpened> Opened { get; private set; } = null!;
    public Event<NoticeDelivered> Delivered { get; private set; } = null!;
    public Event<NoticeUndeliverable> Undeliverable { get; private set; } = null!;
    public Event<AcknowledgeHandoff> AcknowledgeRequested { get; private set; } = null!;
    public Event<AcceptHandoff> AcceptRequested { get; private set; } = null!;
    public Event<RenewAccess> RenewRequested { get; private set; } = null!;
    public Event<HandoffConfirmed> Confirmed { get; private set; } = null!;
    public Event<HandoffWithdrawn> WithdrawnByDesk { get; private set; } = null!;
    public Schedule<Handoff, HandoffSilent> Silence { get; private set; } = null!;

    private EventActivityBinder<Handoff, HandoffConfirmed> Respond(EventActivityBinder<Handoff, HandoffConfirmed> confirmed) => confirmed
        .Then(c => c.Saga.Confirm(c.Message))
        .If(c => c.Saga.ReadsUntil is null, reads => reads.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()));

    private EventActivityBinder<Handoff, HandoffWithdrawn> Remain(EventActivityBinder<Handoff, HandoffWithdrawn> withdrawn) => withdrawn
        .Then(c => c.Saga.Remain(c.Message))
        .If(c => c.Saga.ReadsAtOnce && c.Saga.ReadsUntil is null, reads => reads.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .If(c => !c.Saga.ReadsAtOnce && c.Saga.ReadsUntil is not null, reads => reads.Publish(c => c.Saga.EndGrant(_time.GetUtcNow())).Then(c => c.Saga.Renewals++))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffRoleChanged, c.Saga.Organization, _time.GetUtcNow()));

    private EventActivityBinder<Handoff, HandoffWithdrawn> End(EventActivityBinder<Handoff, HandoffWithdrawn> withdrawn) => withdrawn
        .Unschedule(Silence)
        .If(c => c.Saga.ReadsUntil is not null, read => read.Publish(c => c.Saga.EndGrant(_time.GetUtcNow())))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffWithdrawn, c.Saga.Organization, _time.GetUtcNow()))
        .TransitionTo(Withdrawn);

    private void TellDesk(Handoff handoff, UnitOfWork unit)
    {
        if (handoff.IsDesks)
            unit.Publish(handoff.Claimed(_time.GetUtcNow()));
    }

    private EventActivityBinder<Handoff, T> Climb<T>(EventActivityBinder<Handoff, T> silent) where T : class => silent
        .Then(c => c.Saga.EscalationStep++)
        .Publish(c => c.Saga.Escalated(c.Saga.Ladder.Step(c.Saga.EscalationStep).Organization, _time.GetUtcNow()))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffEscalated, c.Saga.Ladder.Step(c.Saga.EscalationStep).Organization, _time.GetUtcNow()))
        .Schedule(Silence, c => new HandoffSilent(c.Saga.EncounterId, c.Saga.CorrelationId), c => UntilNextRung(c.Saga));

    private TimeSpan UntilNextRung(Handoff handoff)
    {
        var ladder = handoff.Ladder;
        var due = handoff.DueBy.AddMinutes(ladder.Step(handoff.EscalationStep + 1).AfterMinutes) - _time.GetUtcNow();
        // After an outage many rungs may be overdue: they are told one by one, not all in the same second, and the last never without a pause.
        var pause = handoff.EscalationStep >= ladder.Rungs.Count ? TimeSpan.FromMinutes(ladder.RepeatLastEveryMinutes) : TimeSpan.FromSeconds(1);
        return due > pause ? due : pause;
    }
}
