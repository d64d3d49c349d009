using MassTransit;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// How the recipient answers. A timer runs against silence until somebody has acknowledged, and then, for a recipient that must act, against waiting until somebody
/// has accepted; each time it fires, one more rung of the ladder is told. For one that only has to know, acknowledged is the end; it may accept all the same.
/// </summary>
public sealed partial class HandoffMachine
{
    private void Answering()
    {
        During(Open, When(Delivered, c => c.Message.Organization == c.Saga.Organization)
            .Then(c => c.Saga.NotifiedAt = c.Message.At)
            .TransitionTo(Notified));

        During([Open, Notified],
            Await(When(AcknowledgeRequested)
                .Then(c => c.Saga.Acknowledge(_time.GetUtcNow()))
                .Publish(c => c.Saga.Acknowledged(_time.GetUtcNow())))
                .TransitionTo(Acknowledged),
            // A rung that cannot be reached is passed at once, but the last one waits for its time: it is told again and again.
            Climb(When(Undeliverable, c => c.Saga.EscalationStep < c.Saga.Ladder.Rungs.Count)));

        // What was told of silence, and is not delivered, no longer matters.
        During(Acknowledged, Climb(When(Undeliverable, IsClimbing)));

        During([Open, Notified, Acknowledged],
            WaitForDetermination(Accept(When(AcceptRequested), c => c.By)).TransitionTo(Accepted),
            Climb(When(Silence!.Received, c => !IsOver(c.Saga))),
            When(Silence.Received, c => IsOver(c.Saga)).Publish(c => c.Saga.DrillEnded(_time.GetUtcNow())).TransitionTo(Withdrawn));

        During([Accepted, ResponseDetermined], Renew());

        During(Notified, Ignore(Delivered));
        During(Acknowledged, Ignore(Delivered), Ignore(AcknowledgeRequested));
        During(Accepted, Ignore(Delivered), Ignore(AcknowledgeRequested), Ignore(AcceptRequested));
        During(Withdrawn, Ignore(Delivered), Ignore(Undeliverable));
    }

    /// <summary>The recipient is told, reads where it must act, and silence is counted.</summary>
    private EventActivityBinder<Handoff, T> Tell<T>(EventActivityBinder<Handoff, T> opened) where T : class => Await(opened)
        .If(c => c.Saga.ReadsAtOnce && c.Saga.ReadsUntil is null, reads => reads.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .Publish(c => c.Saga.Notice(_notices, c.Saga.OpeningNotice, c.Saga.Organization, _time.GetUtcNow()))
        .TransitionTo(Open);

    /// <summary>A human takes responsibility: waiting ends, the recipient reads, and whoever was responsible before learns that it is no more.</summary>
    private EventActivityBinder<Handoff, T> Accept<T>(EventActivityBinder<Handoff, T> step, Func<T, string> by) where T : class => step
        .Then(c => (c.Saga.AcceptedAt, c.Saga.AcceptedBy) = (_time.GetUtcNow(), by(c.Message)))
        .Publish(c => c.Saga.Accepted(_time.GetUtcNow()) with { RefersOn = c.Message is ReferOn })
        .If(c => c.Saga.IsDrill, drilled => drilled.Publish(c => c.Saga.DrillEnded(_time.GetUtcNow())))
        .If(c => c.Saga.ReadsUntil is null && MayRead(c.Saga), accepted => accepted.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .Then(c => TellDesk(c.Saga, c.UnitOfWork()))
        .If(c => c.Saga.ReferredBy is not null, taken => taken.Publish(c => c.Saga.TakesOver(_time.GetUtcNow())))
        .Then(c => c.Saga.RelieveOthers(_time.GetUtcNow(), c.UnitOfWork()));

    private EventActivityBinder<Handoff, RenewAccess> Renew() => When(RenewRequested, c => MayRead(c.Saga) && c.Saga.CanRenew(_time.GetUtcNow()))
        .Then(c => c.Saga.Renewals++)
        .Publish(c => c.Saga.Grant(_time.GetUtcNow()));

    // What rests on no rule is not given.
    private bool MayRead(Handoff handoff) => !handoff.IsDrill && _law.For(RuleUses.OfGrant(handoff.Role)).Count > 0;
}
