using MassTransit;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// The county that responds determines how soon it sees the child in person, within the time that its pack gives it where it gives one; a timer runs until it has seen it, and climbs the ladder of waiting, the county itself first. A later
/// response needs a second person where the county's pack says so, and is told to the county where the child lives. Then it closes the report; determining the response
/// anew opens it again.
/// </summary>
public sealed partial class HandoffMachine
{
    private void Responding()
    {
        During([Accepted, ResponseDetermined, Closed],
            Refuse(When(DetermineRequested, c => !CanDetermine(c))),
            When(DetermineRequested, c => CanDetermine(c) && NeedsSecondPerson(c))
                .If(c => c.Saga.ProposedResponse is not { } proposed || proposed.Level != c.Message.Level, proposed => proposed
                    .Then(c => c.Saga.Propose(c.Message, _time.GetUtcNow()))
                    .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffDowngradeProposed, c.Saga.Organization, _time.GetUtcNow()))),
            Await(CountCalls(When(DetermineRequested, c => CanDetermine(c) && !NeedsSecondPerson(c) && !IsDetermined(c))
                .Then(c => c.Saga.Determine(c.Message, _directory.State, _time.GetUtcNow(), c.UnitOfWork()))))
                .TransitionTo(ResponseDetermined));

        During([Accepted, ResponseDetermined],
            Climb(When(Silence!.Received)),
            Climb(When(Undeliverable, IsClimbing)));

        During([Accepted, ResponseDetermined, Referring],
            Refuse(When(InPersonRequested, c => !c.Saga.IsToRespondInPerson() && !c.Saga.HasRespondedInPerson())),
            Await(When(InPersonRequested, c => c.Saga.IsToRespondInPerson())
                .Then(c => c.Saga.RespondInPerson(c.Message)))
                .Publish(c => c.Saga.RespondedInPerson(c.Message, _time.GetUtcNow())));

        During([Accepted, ResponseDetermined],
            Refuse(When(CloseRequested, c => !c.Saga.CanClose(c.Message.Reason))),
            When(CloseRequested, c => c.Saga.CanClose(c.Message.Reason))
                .Unschedule(Silence)
                .Then(c => c.Saga.Close(c.Message, _time.GetUtcNow()))
                .Publish(c => c.Saga.Closed(_time.GetUtcNow()))
                .TransitionTo(Closed));

        DuringAny(When(Downgraded)
            .Then(c => c.Saga.Downgraded = new(c.Message.By, c.Message.Level, c.Message.At))
            .Publish(c => c.Saga.Notice(_notices, NoticeTypes.HandoffDowngraded, c.Saga.Organization, _time.GetUtcNow()) with { DueAt = null }));

        During(ResponseDetermined, Ignore(Delivered), Ignore(AcknowledgeRequested), Ignore(AcceptRequested), Ignore(WithdrawnByDesk));
        During(Closed, Ignore(Delivered), Ignore(Undeliverable), Ignore(AcknowledgeRequested), Ignore(AcceptRequested), Ignore(WithdrawnByDesk), Ignore(Confirmed), Ignore(TakenOver), Ignore(CloseRequested));
    }

    private EventActivityBinder<Handoff, T> WaitForDetermination<T>(EventActivityBinder<Handoff, T> accepted) where T : class => Await(accepted
        .If(c => c.Saga.IsToDetermine, waits => waits.Then(c => c.Saga.WaitForDetermination(_time.GetUtcNow()))));

    private static bool CanDetermine(BehaviorContext<Handoff, DetermineResponse> context) => context.Saga.Role == Role.Responder && !context.Saga.IsDrill && context.Saga.Has(context.Message.Level);

    private static bool IsDetermined(BehaviorContext<Handoff, DetermineResponse> context) =>
        context.Saga.CurrentState == nameof(ResponseDetermined) && context.Saga.Response?.Level == context.Message.Level;

    // Whoever proposed it does not confirm it.
    private static bool NeedsSecondPerson(BehaviorContext<Handoff, DetermineResponse> context) => context.Saga.Pack.DowngradeNeedsSecondPerson && !IsDetermined(context)
        && context.Saga.IsDowngrade(context.Message.Level) && !(context.Saga.ProposedResponse is { } proposed && proposed.Level == context.Message.Level && proposed.By != context.Message.By);
}
