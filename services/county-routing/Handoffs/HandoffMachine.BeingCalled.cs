using MassTransit;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// An officer has called. Where the pack of the county that responds has a clock for that, it runs from the instant of the call, beside whatever else is waited for, until the county has seen the child; it is the
/// handoff's one timer that waits for what is due first. A county that does not respond yet keeps the call until it does.
/// </summary>
public sealed partial class HandoffMachine
{
    private void BeingCalled()
    {
        // Also one that referred the report on responds until the next has accepted.
        During([Open, Notified, Acknowledged, Accepted, ResponseDetermined, Referring],
            Await(CountCalls(When(OfficerCalled, c => !c.Saga.Knows(c.Message)).Then(c => c.Saga.Hear(c.Message)))));
        During([Withdrawn, ReferredOn, Closed], When(OfficerCalled, c => !c.Saga.Knows(c.Message)).Then(c => c.Saga.Hear(c.Message)));
    }

    private EventActivityBinder<Handoff, T> CountCalls<T>(EventActivityBinder<Handoff, T> step) where T : class =>
        step.Then(c => c.Saga.CountCalls(_directory.State, _time.GetUtcNow(), c.UnitOfWork()));
}
