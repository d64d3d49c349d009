using MassTransit;
using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// A report that is another's is referred on (PC 11165.9). To refer it on is to accept it first: the sender reads, is asked, and stays responsible until the next has
/// accepted, and is told when that takes too long. The statewide system opens the next one's handoff, or asks the desk; what the desk decides comes as any opening,
/// or as the confirmation that the sender keeps it.
/// </summary>
public sealed partial class HandoffMachine
{
    private void ReferringOn()
    {
        During([Open, Notified, Acknowledged],
            Refuse(When(ReferOnRequested, c => c.Saga.Role != Role.Responder)),
            Refer(Accept(When(ReferOnRequested, c => c.Saga.Role == Role.Responder), c => c.By)));
        During(Accepted,
            Refuse(When(ReferOnRequested, c => c.Saga.Role != Role.Responder)),
            Refer(When(ReferOnRequested, c => c.Saga.Role == Role.Responder)));

        During(Referring,
            Climb(When(Silence!.Received)),
            Climb(When(Undeliverable, c => c.Saga.EscalationStep > 0 && c.Saga.EscalationStep < c.Saga.Ladder.Rungs.Count)),
            Renew(),
            When(Confirmed, c => !c.Message.Keeps).Then(c => c.Saga.Confirm(c.Message)),
            When(Confirmed, c => c.Message.Keeps)
                .Unschedule(Silence)
                .Then(c => c.Saga.Keep(c.Message))
                .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()))
                .Then(c => c.UnitOfWork().Publish(c.Saga.ClaimedInDispute(_time.GetUtcNow())))
                .TransitionTo(Accepted));

        During([Accepted, Referring],
            When(TakenOver, c => c.Saga.Role == Role.Responder)
                .Unschedule(Silence)
                .Then(c => c.Saga.HandOver(c.Message, _directory))
                .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffTakenOver, c.Saga.Organization, _time.GetUtcNow()))
                .IfElse(c => c.Saga.Role == Role.Responder,
                    ends => ends.Then(c => c.Saga.EndGrants(_time.GetUtcNow(), c.UnitOfWork())).TransitionTo(ReferredOn),
                    // It has a part in it all the same.
                    remains => remains.TransitionTo(Accepted)));

        // Whatever it was before: now it is to respond, and is asked as anybody is.
        During([Open, Notified, Acknowledged, Withdrawn, ReferredOn], OpenAnew(When(Opened, c => c.Message.Referral is not null)));
        During(Accepted,
            // Who responds already need not be asked again. It comes first: the role is looked at in turn.
            When(Opened, c => c.Message.Referral is not null && c.Saga.Role == Role.Responder)
                .Publish(c => c.Message.TakenOverAlready(_time.GetUtcNow())),
            OpenAnew(When(Opened, c => c.Message.Referral is not null && c.Saga.Role != Role.Responder)));
        // Two that respond, and refer on to each other, would each be relieved by the other: each is told that the next has not accepted.
        During(Referring, Ignore(Opened));

        During([Open, Notified, Acknowledged, Withdrawn, ReferredOn], Ignore(TakenOver));
        During([Referring, ReferredOn], Ignore(Delivered), Ignore(WithdrawnByDesk));
        During(Referring, Ignore(AcknowledgeRequested), Ignore(AcceptRequested));
        During(ReferredOn, Ignore(Undeliverable), Ignore(Confirmed));
    }

    private EventActivityBinder<Handoff, ReferOn> Refer(EventActivityBinder<Handoff, ReferOn> asked) =>
        WaitUntil(asked.Then(c => c.Saga.Refer(c.Message, _time.GetUtcNow())), h => h.NextAcceptBy!.Value)
        .Publish(c => c.Saga.ReferredOn(_directory, _time.GetUtcNow()))
        .TransitionTo(Referring);

    private EventActivityBinder<Handoff, HandoffOpened> OpenAnew(EventActivityBinder<Handoff, HandoffOpened> opened) =>
        Tell(opened.Unschedule(Silence).Then(c => c.Saga.BeginAnew(c.Message, _directory.SnapshotFor(c.Message.Organization, c.Message.ListedBy), _time.GetUtcNow())));
}
