using MassTransit;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.TelephoneReports;

namespace SafeHarbor.Intake.Clocks;

/// <summary>An officer records the call that the clock waits for; raised by a request, never on the wire.</summary>
public sealed record RecordTelephoneReport(TelephoneReport Report, string Fingerprint);

/// <summary>Running → Satisfied, or Running → Overdue → Satisfied: what is late still has to be done.</summary>
public sealed class ReportClockMachine : SagaMachine<ReportClock>
{
    public ReportClockMachine(TimeProvider time)
    {
        OnCommand(() => Recorded);
        OnTimer(() => Alarm, x => x.AlarmToken, m => m.ClockId, s => s.DelayProvider = c => c.Saga.DueAt - time.GetUtcNow());

        During(Running,
            When(Alarm!.Received)
                .Publish(c => new ReportClockOverdue
                {
                    EncounterId = c.Saga.EncounterId,
                    At = time.GetUtcNow(),
                    ClockId = c.Saga.CorrelationId,
                    Rule = c.Saga.Rule,
                    DueAt = c.Saga.DueAt,
                })
                .TransitionTo(Overdue),
            When(Recorded).Unschedule(Alarm).Then(Satisfy).TransitionTo(Satisfied));
        During(Overdue,
            When(Recorded).Then(Satisfy).TransitionTo(Satisfied),
            Ignore(Alarm.AnyReceived));
        During(Satisfied,
            When(Recorded, c => c.Saga.Evidence != c.Message.Fingerprint).Then(Satisfy),
            When(Recorded, c => c.Saga.Evidence == c.Message.Fingerprint).Then(_ => { }),
            Ignore(Alarm.AnyReceived));
    }

    public State Running { get; private set; } = null!;
    public State Overdue { get; private set; } = null!;
    public State Satisfied { get; private set; } = null!;
    public Event<RecordTelephoneReport> Recorded { get; private set; } = null!;
    public Schedule<ReportClock, ReportClockRang> Alarm { get; private set; } = null!;

    private static void Satisfy(BehaviorContext<ReportClock, RecordTelephoneReport> context)
    {
        var (clock, report) = (context.Saga, context.Message.Report);
        clock.SatisfiedAt ??= report.RecordedAt;
        clock.Evidence = context.Message.Fingerprint;
        report.RecordIn(context.UnitOfWork());
    }
}
