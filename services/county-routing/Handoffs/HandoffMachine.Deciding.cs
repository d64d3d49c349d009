using MassTransit;
using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// What the desk decides. A responder that was guessed reads the report once it has accepted or the desk has confirmed it; until one has accepted the desk can give
/// the report to another. What somebody has accepted stays.
/// </summary>
public sealed partial class HandoffMachine
{
    private void Deciding()
    {
        During([Open, Notified, Acknowledged],
            End(When(WithdrawnByDesk, c => IsMeant(c) && c.Message.RemainsAs is null)),
            // Another asks it too: it goes on being asked, for that one.
            When(WithdrawnByDesk, c => !IsMeant(c)).Then(c => c.Saga.Forget(c.Message.Referral)));
        During(Referring, When(WithdrawnByDesk).Then(c => c.Saga.Forget(c.Message.Referral)));

        // Another responds, but it has a part in it all the same: silence goes on counting, and waiting for the acceptance, where that is its part.
        During([Open, Notified], Await(Remain(When(WithdrawnByDesk, c => IsMeant(c) && c.Message.RemainsAs is not null))));
        During(Acknowledged, Await(Remain(When(WithdrawnByDesk, c => IsMeant(c) && c.Message.RemainsAs is not null))
            .If(c => !c.Saga.Role.MustAct(), knows => knows.Then(c => c.Saga.AcceptBy = null))));

        During([Open, Notified], Await(Respond(When(Confirmed, c => !c.Saga.Responds))));
        During(Acknowledged, Await(Respond(When(Confirmed, c => !c.Saga.Responds))
            // It only had to know until now.
            .If(c => c.Saga.AcceptBy is null, acts => acts.Then(c => c.Saga.WaitForAcceptance(_time.GetUtcNow())))));
        During(Withdrawn, Await(Respond(When(Confirmed).Then(c => c.Saga.Reopen(_time.GetUtcNow()))))
            .TransitionTo(Open));
        During(ResponseDetermined, When(Confirmed).Then(c => c.Saga.Confirm(c.Message)));
        During(Accepted,
            When(Confirmed, c => c.Saga.Role == Role.Responder).Then(c => c.Saga.Confirm(c.Message)),
            // Who was to keep it may have been relieved meanwhile.
            WaitForDetermination(CountCalls(When(Confirmed, c => c.Saga.Role != Role.Responder && !c.Message.Keeps)
                .Then(c => c.Saga.Confirm(c.Message)))
                .Publish(c => c.Saga.Accepted(_time.GetUtcNow()))
                .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()))
                .Then(c => TellDesk(c.Saga, c.UnitOfWork()))));

        // Whoever only had to know because of the county that responded: what it has accepted ends too, and begins again with that county.
        During(Accepted, End(When(WithdrawnByDesk, c => !c.Saga.Role.IsCountyRole())));
        During(Withdrawn, Await(When(Opened, c => c.Message.Referral is null && !c.Saga.Role.IsCountyRole()).Then(c => c.Saga.Reopen(_time.GetUtcNow())))
            .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffOpened, c.Saga.Organization, _time.GetUtcNow()))
            .TransitionTo(Open));
        During(Withdrawn, Ignore(WithdrawnByDesk));
    }

    // Who asks it may be another.
    private static bool IsMeant(BehaviorContext<Handoff, HandoffWithdrawn> context) => context.Message.Referral.IsSame(context.Saga.Referral) && context.Saga.AlsoAsked.Count == 0;

    private EventActivityBinder<Handoff, HandoffWithdrawn> End(EventActivityBinder<Handoff, HandoffWithdrawn> withdrawn) => withdrawn
        .Unschedule(Silence)
        .Then(c => c.Saga.CalledResponse = null)
        .If(c => c.Saga.ReadsUntil is not null, read => read.Publish(c => c.Saga.EndGrant(_time.GetUtcNow())))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffWithdrawn, c.Saga.Organization, _time.GetUtcNow()))
        .TransitionTo(Withdrawn);

    private EventActivityBinder<Handoff, HandoffConfirmed> Respond(EventActivityBinder<Handoff, HandoffConfirmed> confirmed) => CountCalls(confirmed
        .Then(c => c.Saga.Confirm(c.Message)))
        .If(c => c.Saga.ReadsUntil is null, reads => reads.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffConfirmed, c.Saga.Organization, _time.GetUtcNow()));

    private EventActivityBinder<Handoff, HandoffWithdrawn> Remain(EventActivityBinder<Handoff, HandoffWithdrawn> withdrawn) => withdrawn
        .Then(c => c.Saga.Remain(c.Message))
        .If(c => c.Saga.ReadsAtOnce && c.Saga.ReadsUntil is null, reads => reads.Publish(c => c.Saga.Grant(_time.GetUtcNow())))
        .If(c => !c.Saga.ReadsAtOnce && c.Saga.ReadsUntil is not null, reads => reads.Publish(c => c.Saga.EndGrant(_time.GetUtcNow())).Then(c => c.Saga.Renewals++))
        .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffRoleChanged, c.Saga.Organization, _time.GetUtcNow()));
}
