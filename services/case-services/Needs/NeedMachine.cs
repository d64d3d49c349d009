using MassTransit;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.CaseServices.Referrals;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// A need on its way to a provider: one offer at a time, the next at decline, silence or an unreachable provider, until one accepts or nobody
/// is left. Whatever comes for an offer that is no longer the current one changes nothing.
/// A need that waits has a live timer: the offer's in Offered; the reminder of the county in Accepted, until first contact, and in Unfilled, for
/// as long as it stays so: what changes in the directory, or the county, has it asked about anew, and whoever was too late may still take it.
/// WaitingForCounty waits for the handoff, which has its own. Engaged has none: a need may stay engaged for weeks, and how long is right is between the county
/// and the provider.
/// </summary>
public sealed class NeedMachine : SagaMachine<Need>
{
    private readonly NeedSteps _steps;

    public NeedMachine(NeedSteps steps)
    {
        _steps = steps;
        On(() => Opened, m => m.NeedId);
        On(() => Released, m => m.Need.NeedId);
        On(() => RanOut, m => m.NeedId);
        On(() => Reminding, m => m.NeedId);
        OnAnswer(() => NoticeLost, m => m.RequestedBy);
        OnAnswer(() => RankedAgain, m => m.NeedId);
        OnAnswer(() => ResponderChanged, m => m.NeedId);
        OnAnswer(() => Supplemented, m => m.NeedId);
        OnAnswer(() => Retracted, m => m.NeedId);
        OnCommand(() => Accepting);
        OnCommand(() => AcceptingLate);
        OnCommand(() => AskingAgain);
        OnCommand(() => RenewingAccess);
        OnCommand(() => EndingAccess);
        OnCommand(() => Declining);
        OnCommand(() => Engaging);
        OnCommand(() => Completing);

        Initially(
            When(Opened, c => !c.Message.Emergency).Then(c => c.Saga.Begin(c.Message)).TransitionTo(WaitingForCounty),
            AskNext(When(Opened, c => c.Message.Emergency).Then(c => c.Saga.Begin(c.Message))),
            AskNext(When(Released).Then(c => c.Saga.Begin(c.Message.Need))));

        During(WaitingForCounty,
            AskNext(When(Released).Then(c => c.Saga.Begin(c.Message.Need))),
            Ignore(Opened), Ignore(RanOut), Ignore(Reminding), Ignore(NoticeLost));

        During(Offered,
            When(Accepting, c => c.Message.OfferId == c.Saga.OfferId)
                .Then(c => _steps.Accept(c.Saga, c.UnitOfWork()))
                .TransitionTo(Accepted),
            AskNext(When(Declining, c => c.Message.OfferId == c.Saga.OfferId).Then(c => _steps.Decline(c.Saga, c.Message.Reason, c.UnitOfWork()))),
            AskNext(When(RanOut, c => c.Message.OfferId == c.Saga.OfferId).Then(c => _steps.Expire(c.Saga, c.UnitOfWork()))),
            AskNext(When(NoticeLost, c => c.Message.NoticeId == NeedNotices.OfOffer(c.Saga.OfferId)).Then(c => _steps.Withdraw(c.Saga, WithdrawalReasons.Undeliverable, c.UnitOfWork()))),
            When(AcceptingLate, c => c.Message.Provider == c.Saga.OfferedTo)
                .Then(c => _steps.Accept(c.Saga, c.UnitOfWork()))
                .TransitionTo(Accepted),
            TakeLate(When(AcceptingLate, c => c.Message.Provider != c.Saga.OfferedTo && _steps.MayStillAccept(c.Saga, c.Message.Provider))),
            When(AskingAgain).Then(c => NeedSteps.ForgetAnswers(c.Saga)),
            Ignore(Opened), Ignore(Released), Ignore(Reminding));

        During(Accepted,
            When(Reminding, c => c.Message.Reminder == c.Saga.Reminder).Then(c => _steps.NotEngaged(c.Saga, c.UnitOfWork())),
            When(NoticeLost, c => c.Message.Organization == c.Saga.Responder).Then(c => _steps.TellState(c.Saga, NoticeTypes.NeedUnengaged, c.Message.NoticeId, c.UnitOfWork())),
            When(Engaging).Then(c => _steps.Engaged(c.Saga, c.UnitOfWork())).TransitionTo(Engaged),
            When(Completing).Then(c => _steps.Completed(c.Saga, c.UnitOfWork())).TransitionTo(Completed));
        During(Engaged,
            When(Completing).Then(c => _steps.Completed(c.Saga, c.UnitOfWork())).TransitionTo(Completed),
            Ignore(Engaging));
        During(Completed, Ignore(Completing));
        During(Accepted, Engaged, When(RenewingAccess).Then(c => _steps.RenewAccess(c.Saga, c.UnitOfWork())));
        During(Accepted, Engaged, Completed, When(EndingAccess).Then(c => _steps.EndAccess(c.Saga, c.UnitOfWork())));
        During(Engaged, Completed, Ignore(Reminding), Ignore(NoticeLost));
        During(Accepted, Engaged, Completed, Ignore(Opened), Ignore(Released), Ignore(RanOut), Ignore(Accepting), Ignore(AcceptingLate), Ignore(Declining));
        During([WaitingForCounty, Offered, Accepted, Engaged, Completed], When(ResponderChanged, IsAnother).Then(c => c.Saga.Responder = c.Message.Responder), Ignore(RankedAgain));

        // Whoever is asked from now on is asked by what is known now; whoever has accepted, and may read, is told.
        During([WaitingForCounty, Offered, Unfilled], When(Supplemented).Then(c => c.Saga.Supplement(c.Message)));
        During([Accepted, Engaged, Completed], When(Supplemented)
            .Then(c => c.Saga.Supplement(c.Message))
            .If(c => c.Message.IsForWhoeverMeetsTheChild, told => told.Then(c => _steps.TellSupplement(c.Saga, c.UnitOfWork()))));

        // What becomes of it, the county decides: nobody who is asked, or has accepted, is told to stop.
        During([WaitingForCounty, Unfilled, Completed], When(Retracted, c => c.Saga.RetractedAt is null).Then(c => c.Saga.RetractedAt = c.Message.At));
        During([Offered, Accepted, Engaged], When(Retracted, c => c.Saga.RetractedAt is null)
            .Then(c => c.Saga.RetractedAt = c.Message.At)
            .Then(c => _steps.TellRetraction(c.Saga, c.UnitOfWork())));

        During(Unfilled,
            AskChanged(When(Reminding, c => c.Message.Reminder == c.Saga.Reminder), nobody => nobody.Then(c => _steps.StillUnfilled(c.Saga, c.UnitOfWork()))),
            AskChanged(When(RankedAgain), nobody => nobody),
            AskChanged(When(ResponderChanged, IsAnother).Then(c => c.Saga.Responder = c.Message.Responder), nobody => nobody.Then(c => _steps.StillUnfilled(c.Saga, c.UnitOfWork()))),
            AskChanged(When(AskingAgain).Then(c => NeedSteps.ForgetAnswers(c.Saga)), nobody => nobody),
            TakeLate(When(AcceptingLate, c => _steps.MayStillAccept(c.Saga, c.Message.Provider))),
            When(NoticeLost, c => c.Message.Organization == c.Saga.Responder).Then(c => _steps.TellState(c.Saga, NoticeTypes.NeedUnfilled, c.Message.NoticeId, c.UnitOfWork())),
            Ignore(Opened), Ignore(Released), Ignore(RanOut), Ignore(Accepting), Ignore(Declining));
    }

    /// <summary>Not an emergency: waits until the responding county has accepted.</summary>
    public State WaitingForCounty { get; private set; } = null!;
    /// <summary>A provider has been asked.</summary>
    public State Offered { get; private set; } = null!;
    /// <summary>A provider has accepted; the county is reminded until it has had first contact.</summary>
    public State Accepted { get; private set; } = null!;
    /// <summary>It has had first contact. No timer runs.</summary>
    public State Engaged { get; private set; } = null!;
    /// <summary>The need is met.</summary>
    public State Completed { get; private set; } = null!;
    /// <summary>Nobody was left to ask; the county has been told, and is told again and again.</summary>
    public State Unfilled { get; private set; } = null!;

    public Event<NeedOpened> Opened { get; private set; } = null!;
    public Event<ReleaseNeed> Released { get; private set; } = null!;
    public Event<AcceptOffer> Accepting { get; private set; } = null!;
    public Event<AcceptOfferLate> AcceptingLate { get; private set; } = null!;
    public Event<AskAgain> AskingAgain { get; private set; } = null!;
    public Event<RenewProvidersAccess> RenewingAccess { get; private set; } = null!;
    public Event<EndProvidersAccess> EndingAccess { get; private set; } = null!;
    public Event<RankNeedAgain> RankedAgain { get; private set; } = null!;
    public Event<ChangeResponder> ResponderChanged { get; private set; } = null!;
    public Event<SupplementNeed> Supplemented { get; private set; } = null!;
    public Event<RetractNeed> Retracted { get; private set; } = null!;
    public Event<DeclineOffer> Declining { get; private set; } = null!;
    public Event<OfferRanOut> RanOut { get; private set; } = null!;
    public Event<RemindOfNeed> Reminding { get; private set; } = null!;
    public Event<NoticeUndeliverable> NoticeLost { get; private set; } = null!;
    public Event<EngageNeed> Engaging { get; private set; } = null!;
    public Event<CompleteNeed> Completing { get; private set; } = null!;

    private static bool IsAnother(BehaviorContext<Need, ChangeResponder> context) => context.Message.Responder != context.Saga.Responder;

    private EventActivityBinder<Need, T> AskNext<T>(EventActivityBinder<Need, T> step) where T : class => step
        .Then(c => _steps.AskNext(c.Saga, c.UnitOfWork()))
        .IfElse(c => c.Saga.OfferId is not null, asked => asked.TransitionTo(Offered), nobody => nobody.TransitionTo(Unfilled));

    private EventActivityBinder<Need, T> AskChanged<T>(EventActivityBinder<Need, T> step, Func<EventActivityBinder<Need, T>, EventActivityBinder<Need, T>> nobody)
        where T : class => step
        .Then(c => _steps.AskChanged(c.Saga, c.UnitOfWork()))
        .IfElse(c => c.Saga.OfferId is not null, asked => asked.TransitionTo(Offered), nobody);

    private EventActivityBinder<Need, AcceptOfferLate> TakeLate(EventActivityBinder<Need, AcceptOfferLate> step) => step
        .Then(c => _steps.AcceptLate(c.Saga, c.Message.Provider, c.UnitOfWork()))
        .TransitionTo(Accepted);
}
