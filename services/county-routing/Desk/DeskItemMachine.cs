using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item still waits.</summary>
[WireName("desk-item.waiting.v1")]
public sealed record DeskItemWaiting(Guid EncounterId, Guid DeskItemId) : IEncounterMessage;

/// <summary>To an item that is about one report: the agency has added to it.</summary>
[WireName("desk-item.supplement.v1")]
public sealed record SupplementDeskItem(Guid EncounterId, Guid DeskItemId, ReportSupplemented Added) : IEncounterMessage;

/// <summary>
/// Waiting → Assigned → Taken. The desk is told at once and again and again until somebody assigns a county, or the likely one claims the report. What was
/// assigned can be assigned anew until the county has accepted; whoever accepts first has it.
/// </summary>
public sealed class DeskItemMachine : SagaMachine<DeskItem>
{
    private readonly ServiceDefaults.States.State _home;

    public DeskItemMachine(ServiceDefaults.States.State home, DeskDecisions decisions, NoticeBuilder notices, TimeProvider time)
    {
        _home = home;
        On(() => Undetermined, m => m.DeskItemId);
        OnAnswer(() => Claimed, m => m.DeskItemId);
        OnAnswer(() => Supplemented, m => HandoffIds.DeskItem(m.EncounterId));
        OnAnswer(() => ItsReportSupplemented, m => m.DeskItemId);
        OnCommand(() => Assign);
        OnTimer(() => StillWaiting, i => i.WaitingToken, m => m.DeskItemId, s => s.Delay = _home.Desk.RemindEvery);

        Initially(Remind(When(Undetermined)
            .Then(c => Begin(c.Saga, c.Message))
            .Then(c => decisions.Show(c.Saga, c.UnitOfWork())), notices, time)
            .TransitionTo(Waiting));

        During(Waiting,
            Remind(When(StillWaiting!.Received), notices, time),
            // It may say where the child is: the desk is reminded at once.
            Remind(When(Supplemented).Unschedule(StillWaiting).Then(c => c.Saga.Supplement(c.Message)), notices, time),
            Remind(When(ItsReportSupplemented).Unschedule(StillWaiting).Then(c => c.Saga.Supplement(c.Message.Added)), notices, time),
            When(Assign)
                .Unschedule(StillWaiting)
                .Then(c => decisions.Assign(c.Saga, c.Message, c.UnitOfWork()))
                .TransitionTo(Assigned),
            When(Claimed)
                .Unschedule(StillWaiting)
                .Then(c => decisions.Claim(c.Saga, c.Message.Organization, c.UnitOfWork()))
                .TransitionTo(Taken));

        During(Assigned,
            // Who had referred the report on, and keeps it, has accepted it already.
            When(Assign, c => c.Message.Organization != c.Saga.AssignedOrganization && c.Saga.AssignedOrganization != c.Saga.Sender).Then(c => decisions.Assign(c.Saga, c.Message, c.UnitOfWork())),
            When(Claimed).Then(c => decisions.Claim(c.Saga, c.Message.Organization, c.UnitOfWork())).TransitionTo(Taken),
            Ignore(StillWaiting.AnyReceived));

        During([Assigned, Taken], When(Supplemented).Then(c => c.Saga.Supplement(c.Message)), When(ItsReportSupplemented).Then(c => c.Saga.Supplement(c.Message.Added)));
        During(Taken, Ignore(Claimed), Ignore(StillWaiting.AnyReceived));
        During([Waiting, Assigned, Taken], Ignore(Undetermined));
    }

    /// <summary>A person must decide.</summary>
    public State Waiting { get; private set; } = null!;
    /// <summary>A person has decided; the county has not accepted yet.</summary>
    public State Assigned { get; private set; } = null!;
    /// <summary>A county has accepted.</summary>
    public State Taken { get; private set; } = null!;
    public Event<JurisdictionUndetermined> Undetermined { get; private set; } = null!;
    public Event<ReportSupplemented> Supplemented { get; private set; } = null!;
    public Event<SupplementDeskItem> ItsReportSupplemented { get; private set; } = null!;
    public Event<JurisdictionClaimed> Claimed { get; private set; } = null!;
    public Event<AssignDeskItem> Assign { get; private set; } = null!;
    public Schedule<DeskItem, DeskItemWaiting> StillWaiting { get; private set; } = null!;

    private EventActivityBinder<DeskItem, T> Remind<T>(EventActivityBinder<DeskItem, T> waiting, NoticeBuilder notices, TimeProvider time)
        where T : class => waiting
        .Publish(c => notices.About(new(SubjectKinds.DeskItem, c.Saga.CorrelationId, $"/v1/desk/{c.Saga.CorrelationId}"), c.Saga.EncounterId, NoticeTypes.JurisdictionUndetermined,
            _home.Organization, c.Saga.Urgency, time.GetUtcNow()) with
        { DueAt = time.GetUtcNow() + _home.Desk.RemindEvery })
        .Schedule(StillWaiting, c => new DeskItemWaiting(c.Saga.EncounterId, c.Saga.CorrelationId));

    private void Begin(DeskItem item, JurisdictionUndetermined undetermined)
    {
        item.EncounterId = undetermined.EncounterId;
        item.Reason = undetermined.Reason;
        item.SuggestedOrganization = undetermined.SuggestedOrganization;
        item.PossibleOrganizations = undetermined.PossibleOrganizations;
        item.BetweenOrganizations = undetermined.Between ?? [];
        item.Referral = undetermined.Referral;
        item.OuterLines = undetermined.OuterLines ?? [];
        item.Urgency = undetermined.Urgency;
        item.Reports = undetermined.Reports;
        item.OpenedAt = undetermined.At;
        item.DecideBy = undetermined.At + _home.Desk.RemindEvery;
    }
}
