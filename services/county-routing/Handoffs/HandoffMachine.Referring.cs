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
            Refuse(When(ReferOnRequested, c => !CanRefer(c.Saga))),
            Refer(Accept(When(ReferOnRequested, c => CanRefer(c.Saga)), c => c.By)));
        During([Accepted, ResponseDetermined],
            Refuse(When(ReferOnRequested, c => !CanRefer(c.Saga))),
            Refer(When(ReferOnRequested, c => CanRefer(c.Saga))));

        During(Referring,
            Climb(When(Silence!.Received)),
            Climb(When(Undeliverable, IsClimbing)),
            Renew(),
            When(Confirmed, c => !c.Message.Keeps).Then(c => c.Saga.Confirm(c.Message)),
            When(Confirmed, c => c.Message.Keeps)
                .Then(c => c.Saga.Keep(c.Message))
                .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()))
                .Then(c => TellDesk(c.Saga, c.UnitOfWork()))
                .Then(c => c.Saga.RelieveOthers(_time.GetUtcNow(), c.UnitOfWork()))
                // It goes on where it was.
                .IfElse(c => c.Saga.Response is null,
                    kept => WaitForDetermination(kept).TransitionTo(Accepted),
                    kept => Await(kept).TransitionTo(ResponseDetermined)));

        During([Accepted, ResponseDetermined, Referring],
            When(TakenOver, c => c.Saga.IsRelievedBy(c.Message))
                .Unschedule(Silence)
                .Then(c => c.Saga.HandOver(c.Message, _directory))
                .Then(c => c.Saga.RelieveOthers(c.Message, c.UnitOfWork()))
                .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffTakenOver, c.Saga.Organization, _time.GetUtcNow()))
                .IfElse(c => c.Saga.Role == Role.Responder,
                    ends => ends.Then(c => c.Saga.EndGrants(_time.GetUtcNow(), c.UnitOfWork())).TransitionTo(ReferredOn),
                    // It has a part in it all the same.
                    remains => remains.TransitionTo(Accepted))
                // Who has taken it over has already referred it on to here.
                .If(c => c.Saga.AlsoAsked.Count > 0, asked => OpenAnew(asked, c => c.Saga.AlsoAsked[0])));

        // Whatever it was before: now it is to respond, and is asked as anybody is.
        During([Withdrawn, ReferredOn, Closed], OpenAnew(When(Opened, c => c.Message.Referral is not null), c => c.Message));
        During([Open, Notified, Acknowledged],
            // It is asked already: one more is relieved by its answer.
            When(Opened, IsAskedByAnother).Then(c => c.Saga.AskToo(c.Message)),
            OpenAnew(When(Opened, c => c.Message.Referral is not null && !IsAskedByAnother(c)), c => c.Message));
        During([Accepted, ResponseDetermined],
            // Who responds already need not be asked again. It comes first: the role is looked at in turn.
            When(Opened, c => c.Message.Referral is not null && c.Saga.Role == Role.Responder)
                .Publish(c => c.Message.TakenOverAlready(_time.GetUtcNow())),
            OpenAnew(When(Opened, c => c.Message.Referral is not null && c.Saga.Role != Role.Responder), c => c.Message));
        // Whoever accepts relieves this one too. Two that respond, and refer on to each other, must not each be relieved by the other: both are told that the next has not accepted.
        During(Referring, When(Opened, c => c.Message.Referral is not null && !c.Saga.HasAnswered(c.Message)).Then(c => c.Saga.AskToo(c.Message)));

        During([Open, Notified, Acknowledged, Withdrawn, ReferredOn], Ignore(TakenOver));
        During([Referring, ReferredOn], Ignore(Delivered));
        During(Referring, Ignore(AcknowledgeRequested), Ignore(AcceptRequested));
        During(ReferredOn, Ignore(Undeliverable), Ignore(Confirmed), Ignore(WithdrawnByDesk));
    }

    private static bool CanRefer(Handoff handoff) => handoff.Role == Role.Responder && !handoff.IsDrill;

    private static bool IsAskedByAnother(BehaviorContext<Handoff, HandoffOpened> context) =>
        context.Message.Referral is { } referral && context.Saga.Responds && !referral.IsSame(context.Saga.Referral);

    private EventActivityBinder<Handoff, ReferOn> Refer(EventActivityBinder<Handoff, ReferOn> asked) =>
        Await(asked.Then(c => c.Saga.Refer(c.Message, _time.GetUtcNow())))
        .Publish(c => c.Saga.ReferredOn(_directory, _time.GetUtcNow()))
        .TransitionTo(Referring);

    private EventActivityBinder<Handoff, T> OpenAnew<T>(EventActivityBinder<Handoff, T> step, Func<BehaviorContext<Handoff, T>, HandoffOpened> opened) where T : class =>
        Tell(CountCalls(step.Then(c => c.Saga.BeginAnew(opened(c), _directory.SnapshotFor(opened(c).Organization, opened(c).ListedBy), _time.GetUtcNow()))));
}
