using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>
/// Running → Answered, or Unanswered: nobody has accepted in time, or nothing was heard of its handoff at all. Then the county and the state are told. Whether it was in time says
/// the handoff, wherever it is kept; that it was may come late.
/// </summary>
public sealed class DrillMachine : SagaMachine<Drill>
{
    /// <summary>What was said in the last moment is on its way for so long. Ours.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(1);

    private readonly ServiceDefaults.States.State _home;
    private readonly NoticeBuilder _notices;
    private readonly TimeProvider _time;

    public DrillMachine(ServiceDefaults.States.State home, NoticeBuilder notices, DrillMeter meter, TimeProvider time)
    {
        (_home, _notices, _time) = (home, notices, time);
        OnAnswer(() => Ended, m => m.EncounterId);
        OnTimer(() => Over, d => d.EndToken, m => m.EncounterId);

        During(Running,
            When(Ended, c => c.Message.AcceptedAt is not null).Unschedule(Over).Then(c => c.Saga.Learn(c.Message))
                .Then(c => c.UnitOfWork().AfterCommit(() => meter.Count(nameof(Answered), c.Saga)))
                .TransitionTo(Answered),
            Tell(When(Ended, c => c.Message.AcceptedAt is null).Unschedule(Over).Then(c => c.Saga.Learn(c.Message))),
            Tell(When(Over!.Received)));
        During(Unanswered,
            When(Ended, c => c.Message.AcceptedAt is not null).Then(c => c.Saga.Learn(c.Message)).TransitionTo(Answered),
            When(Ended, c => c.Message.AcceptedAt is null).Then(c => c.Saga.Learn(c.Message)),
            Ignore(Over.AnyReceived));
        During(Answered, Ignore(Ended), Ignore(Over.AnyReceived));

        EventActivityBinder<Drill, T> Tell<T>(EventActivityBinder<Drill, T> failed) where T : class => failed
            .Publish(c => Notice(c.Saga, c.Saga.Organization))
            .Publish(c => Notice(c.Saga, _home.Organization))
            .Then(c => c.UnitOfWork().AfterCommit(() => meter.Count(nameof(Unanswered), c.Saga)))
            .TransitionTo(Unanswered);
    }

    /// <summary>It is on its way to somebody at the county.</summary>
    public State Running { get; private set; } = null!;
    /// <summary>Somebody there has accepted it in time.</summary>
    public State Answered { get; private set; } = null!;
    /// <summary>Nobody has; the county and the state are told.</summary>
    public State Unanswered { get; private set; } = null!;
    public Event<DrillEnded> Ended { get; private set; } = null!;
    public Schedule<Drill, DrillOver> Over { get; private set; } = null!;

    private SystemNoticeRequested Notice(Drill drill, Organization organization) =>
        _notices.OfSystem(new(SubjectKinds.Drill, drill.CorrelationId, $"/v1/drills/{drill.CorrelationId}"), NoticeTypes.DrillUnanswered, organization, Urgencies.Prompt, _time.GetUtcNow());
}
