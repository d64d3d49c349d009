using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item still waits.</summary>
[WireName("desk-item.waiting.v1")]
public sealed record DeskItemWaiting(Guid EncounterId, Guid DeskItemId) : IEncounterMessage;

/// <summary>Waiting → Assigned. The desk is told at once and again and again until somebody assigns a county.</summary>
public sealed class DeskItemMachine : SagaMachine<DeskItem>
{
    private readonly ServiceDefaults.States.State _home;

    public DeskItemMachine(CountyMap map, OpeningHandoffs handoffs, NoticeBuilder notices, TimeProvider time)
    {
        _home = map.State;
        On(() => Undetermined, m => m.DeskItemId);
        OnCommand(() => Assign);
        OnTimer(() => StillWaiting, i => i.WaitingToken, m => m.DeskItemId, s => s.Delay = _home.Desk.RemindEvery);

        Initially(Remind(When(Undetermined)
            .Then(c => Begin(c.Saga, c.Message)), notices, time)
            .TransitionTo(Waiting));

        During(Waiting,
            Ignore(Undetermined),
            Remind(When(StillWaiting!.Received), notices, time),
            When(Assign)
                .Unschedule(StillWaiting)
                .Then(c => (c.Saga.AssignedAt, c.Saga.AssignedBy, c.Saga.AssignedOrganization) = (time.GetUtcNow(), c.Message.By, c.Message.Organization))
                .Publish(c => new JurisdictionAssigned
                {
                    EncounterId = c.Saga.EncounterId,
                    At = time.GetUtcNow(),
                    DeskItemId = c.Saga.CorrelationId,
                    Organization = c.Message.Organization,
                })
                .Then(c => handoffs.Open(c.Saga.EncounterId, c.Saga.Urgency,
                    Determination.ByDesk(map.OfOrganization(c.Message.Organization)!, c.Saga.Reports, map), c.UnitOfWork()))
                .TransitionTo(Assigned));

        During(Assigned, Ignore(Undetermined), Ignore(StillWaiting.AnyReceived));
    }

    public State Waiting { get; private set; } = null!;
    public State Assigned { get; private set; } = null!;
    public Event<JurisdictionUndetermined> Undetermined { get; private set; } = null!;
    public Event<AssignDeskItem> Assign { get; private set; } = null!;
    public Schedule<DeskItem, DeskItemWaiting> StillWaiting { get; private set; } = null!;

    private EventActivityBinder<DeskItem, T> Remind<T>(EventActivityBinder<DeskItem, T> waiting, NoticeBuilder notices, TimeProvider time)
        where T : class => waiting
        .Publish(c => notices.About(new(SubjectKinds.DeskItem, c.Saga.CorrelationId, $"/v1/desk/{c.Saga.CorrelationId}"), c.Saga.EncounterId, "jurisdiction.undetermined.v1",
            _home.Organization, c.Saga.Urgency, time.GetUtcNow()) with
        { DueAt = time.GetUtcNow() + _home.Desk.RemindEvery })
        .Schedule(StillWaiting, c => new DeskItemWaiting(c.Saga.EncounterId, c.Saga.CorrelationId));

    private static void Begin(DeskItem item, JurisdictionUndetermined undetermined)
    {
        item.EncounterId = undetermined.EncounterId;
        item.Reason = undetermined.Reason;
        item.SuggestedOrganization = undetermined.SuggestedOrganization;
        item.Urgency = undetermined.Urgency;
        item.Reports = undetermined.Reports;
        item.OpenedAt = undetermined.At;
    }
}
