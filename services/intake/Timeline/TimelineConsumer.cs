using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Intake.Retention;
using SafeHarbor.Intake.Shortfalls;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Writes every event of every service onto its encounter's timeline; of a handoff also who responds, how long its county wants the report kept, and its hotline when that is news.</summary>
public sealed class TimelineConsumer<T>(TimelineNews news, Hotlines hotlines) : IConsumer<T> where T : class, IEncounterEvent
{
    public Task Consume(ConsumeContext<T> context)
    {
        var (unit, message) = (context.UnitOfWork(), context.Message);
        if (message is HandoffOpened opened)
        {
            var isDrill = opened.Child.DrillEndsAt is not null;
            // How long a report is kept is the counties' to say.
            if (opened.ListedBy is null && !isDrill)
                unit.AddOnce(RetentionRule.Of(opened));
            if (!isDrill && opened.Role == Role.Responder && opened.Confidence != Confidences.Low && opened.Referral is null)
                unit.AddOnce(Responder.Of(opened));
            if (KnownHotline.Of(opened) is { } hotline && !hotlines.Knows(hotline))
                unit.AddOnce(hotline);
        }
        else if (message is HandoffConfirmed { Keeps: false } confirmed)
            unit.AddOnce(Responder.Of(confirmed));
        // Until whom it was referred on to has accepted, who referred it on responds.
        else if (message is HandoffAccepted { Role: Role.Responder, Referral: not null } accepted)
            unit.AddOnce(Responder.Of(accepted));
        unit.AddOnce(TimelineEntry.Of(context.MessageId!.Value, message));
        unit.AfterCommit(() => news.Tell(message.EncounterId));
        return Task.CompletedTask;
    }
}
