using MassTransit;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Retention;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Writes every event of every service onto its encounter's timeline; of an opened handoff also how long its county wants the report kept.</summary>
public sealed class TimelineConsumer(TimelineNews news) :
    IConsumer<EncounterReported>, IConsumer<TelephoneReportRecorded>, IConsumer<ReportClockOverdue>,
    IConsumer<EmergencyAccessOpened>, IConsumer<EmergencyAccessReviewed>, IConsumer<ReportDestroyed>,
    IConsumer<HandoffOpened>, IConsumer<HandoffAcknowledged>, IConsumer<HandoffAccepted>, IConsumer<HandoffEscalated>,
    IConsumer<JurisdictionUndetermined>, IConsumer<JurisdictionAssigned>, IConsumer<DisclosureGranted>, IConsumer<UnusualReading>,
    IConsumer<NoticeDelivered>, IConsumer<NoticeFailing>, IConsumer<NoticeUndeliverable>,
    IConsumer<NeedOpened>, IConsumer<OfferMade>, IConsumer<OfferAccepted>, IConsumer<OfferDeclined>, IConsumer<OfferExpired>,
    IConsumer<NeedEngaged>, IConsumer<NeedCompleted>, IConsumer<NeedUnfilled>, IConsumer<MessageParked>
{
    public Task Consume(ConsumeContext<EncounterReported> context) => Record(context);
    public Task Consume(ConsumeContext<TelephoneReportRecorded> context) => Record(context);
    public Task Consume(ConsumeContext<ReportClockOverdue> context) => Record(context);
    public Task Consume(ConsumeContext<EmergencyAccessOpened> context) => Record(context);
    public Task Consume(ConsumeContext<EmergencyAccessReviewed> context) => Record(context);
    public Task Consume(ConsumeContext<ReportDestroyed> context) => Record(context);

    public Task Consume(ConsumeContext<HandoffOpened> context)
    {
        context.UnitOfWork().AddOnce(RetentionRule.Of(context.Message));
        return Record(context);
    }

    public Task Consume(ConsumeContext<HandoffAcknowledged> context) => Record(context);
    public Task Consume(ConsumeContext<HandoffAccepted> context) => Record(context);
    public Task Consume(ConsumeContext<HandoffEscalated> context) => Record(context);
    public Task Consume(ConsumeContext<JurisdictionUndetermined> context) => Record(context);
    public Task Consume(ConsumeContext<JurisdictionAssigned> context) => Record(context);
    public Task Consume(ConsumeContext<DisclosureGranted> context) => Record(context);
    public Task Consume(ConsumeContext<UnusualReading> context) => Record(context);
    public Task Consume(ConsumeContext<NoticeDelivered> context) => Record(context);
    public Task Consume(ConsumeContext<NoticeFailing> context) => Record(context);
    public Task Consume(ConsumeContext<NoticeUndeliverable> context) => Record(context);
    public Task Consume(ConsumeContext<NeedOpened> context) => Record(context);
    public Task Consume(ConsumeContext<OfferMade> context) => Record(context);
    public Task Consume(ConsumeContext<OfferAccepted> context) => Record(context);
    public Task Consume(ConsumeContext<OfferDeclined> context) => Record(context);
    public Task Consume(ConsumeContext<OfferExpired> context) => Record(context);
    public Task Consume(ConsumeContext<NeedEngaged> context) => Record(context);
    public Task Consume(ConsumeContext<NeedCompleted> context) => Record(context);
    public Task Consume(ConsumeContext<NeedUnfilled> context) => Record(context);
    public Task Consume(ConsumeContext<MessageParked> context) => Record(context);

    private Task Record<T>(ConsumeContext<T> context) where T : class, IEncounterEvent
    {
        var unit = context.UnitOfWork();
        unit.AddOnce(TimelineEntry.Of(context.MessageId!.Value, context.Message));
        var encounter = context.Message.EncounterId;
        unit.AfterCommit(() => news.Tell(encounter));
        return Task.CompletedTask;
    }
}
