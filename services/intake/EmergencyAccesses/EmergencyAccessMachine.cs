using MassTransit;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>Unreviewed → Reviewed. The reviewer is reminded every day until somebody has reviewed it; one that was not justified ends at once.</summary>
public sealed class EmergencyAccessMachine : SagaMachine<EmergencyAccess>
{
    public EmergencyAccessMachine(EmergencyAccessRules rules, NoticeBuilder notices, TimeProvider time)
    {
        OnCommand(() => Review);
        OnTimer(() => Reminder, a => a.ReminderToken, m => m.EmergencyAccessId, s => s.Delay = rules.RemindEvery);

        During(Unreviewed,
            When(Reminder!.Received)
                .Then(c => c.Saga.Reminders++)
                .Publish(c => Notice(notices, c.Saga, c.Saga.Reviewer, NoticeTypes.EmergencyAccessUnreviewed, time.GetUtcNow()))
                .Schedule(Reminder, c => new AccessUnreviewed(c.Saga.EncounterId, c.Saga.CorrelationId)),
            When(Review)
                .Unschedule(Reminder)
                .Then(c => Settle(c.Saga, c.Message, c.UnitOfWork(), time.GetUtcNow()))
                .TransitionTo(Reviewed));
        During(Reviewed, Ignore(Reminder.AnyReceived));
    }

    /// <summary>Waits for its review.</summary>
    public State Unreviewed { get; private set; } = null!;
    /// <summary>Its reviewer has decided.</summary>
    public State Reviewed { get; private set; } = null!;
    public Event<ReviewAccess> Review { get; private set; } = null!;
    public Schedule<EmergencyAccess, AccessUnreviewed> Reminder { get; private set; } = null!;

    /// <summary>Opens it in the request's transaction: the grant, the event, the notices to the reviewer and to the reader's own organization, the reminder.</summary>
    public static void Open(UnitOfWork unit, EmergencyAccess access, EmergencyAccessRules rules, NoticeBuilder notices)
    {
        (access.CurrentState, access.StateSince) = (nameof(Unreviewed), access.OpenedAt);
        access.ReminderToken = unit.StartTimer(Queues.EmergencyAccess, rules.RemindEvery, new AccessUnreviewed(access.EncounterId, access.CorrelationId));
        unit.Add(access);
        unit.Add(access.Grant);
        unit.Publish(new EmergencyAccessOpened
        {
            EncounterId = access.EncounterId,
            At = access.OpenedAt,
            ReportId = access.ReportId,
            EmergencyAccessId = access.CorrelationId,
            Organization = access.Organization,
            Reason = access.Reason,
            Reviewer = access.Reviewer,
            ExpiresAt = access.ExpiresAt,
        });
        foreach (var organization in new[] { access.Reviewer, access.Organization }.Distinct())
            unit.Publish(Notice(notices, access, organization, NoticeTypes.EmergencyAccessOpened, access.OpenedAt));
    }

    private static void Settle(EmergencyAccess access, ReviewAccess review, UnitOfWork unit, DateTimeOffset now)
    {
        (access.ReviewedAt, access.ReviewedBy, access.Outcome) = (now, review.By, review.Outcome);
        if (review.Outcome == ReviewOutcomes.NotJustified && access.ExpiresAt > now)
        {
            access.ExpiresAt = now;
            unit.Put(access.Grant);
        }
        unit.Publish(new EmergencyAccessReviewed
        {
            EncounterId = access.EncounterId,
            At = now,
            ReportId = access.ReportId,
            EmergencyAccessId = access.CorrelationId,
            Outcome = review.Outcome,
        });
    }

    // The id follows from what is told: who asks twice tells once.
    private static NoticeRequested Notice(NoticeBuilder notices, EmergencyAccess access, Organization organization, string type, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.EmergencyAccess, access.CorrelationId, $"/v1/emergency-accesses/{access.CorrelationId}"), access.EncounterId, type, organization, Urgencies.Immediate, now)
            with
        { NoticeId = DeterministicId.Of(access.CorrelationId, $"{type} {access.Reminders} to {organization}"), ReportId = access.ReportId };
}

/// <summary>How long an emergency lasts (<c>EmergencyAccess:Lasts</c>, four hours) and how often its reviewer is reminded (<c>EmergencyAccess:RemindEvery</c>, a day).</summary>
public sealed class EmergencyAccessRules(IConfiguration configuration)
{
    public TimeSpan Lasts { get; } = configuration.GetValue("EmergencyAccess:Lasts", TimeSpan.FromHours(4));
    public TimeSpan RemindEvery { get; } = configuration.GetValue("EmergencyAccess:RemindEvery", TimeSpan.FromDays(1));
}
