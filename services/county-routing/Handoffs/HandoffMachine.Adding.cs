using MassTransit;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// The reporting agency adds to the report, or takes it back. Whoever has a part in it is told at once, in whatever state the handoff is: what a county has determined, or closed, it may have to determine anew,
/// and that is its to decide. No timer changes, nothing ends, and nobody else responds. Who has no part in it any more is told nothing; asked again, it reads everything.
/// </summary>
public sealed partial class HandoffMachine
{
    private void Adding()
    {
        DuringAny(Told(When(Supplemented, c => c.Message.Sequence > (c.Saga.Supplements?.Count ?? 0)).Then(c => c.Saga.Supplement(c.Message)), NoticeTypes.HandoffSupplemented));
        DuringAny(Told(When(Retracted, c => c.Saga.Retracted is null).Then(c => c.Saga.Retracted = new(c.Message.Reason, c.Message.At, c.Message.OtherReportId)), NoticeTypes.HandoffRetracted));
    }

    private EventActivityBinder<Handoff, T> Told<T>(EventActivityBinder<Handoff, T> step, string notice) where T : class =>
        step.If(c => c.Saga.HasPart, told => told.Publish(c => c.Saga.Notice(_notices, notice, c.Saga.Organization, _time.GetUtcNow()) with { DueAt = c.Saga.DueAt }));
}
