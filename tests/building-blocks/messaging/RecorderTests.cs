using MassTransit;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Consumers whose rows are once by their key, and which need no inbox.</summary>
public sealed class RecorderTests : MessagingTest
{
    private sealed class Recorder : IConsumer<TelephoneReportRecorded>
    {
        public Task Consume(ConsumeContext<TelephoneReportRecorded> context)
        {
            context.UnitOfWork().AddOnce(new Note { Id = context.MessageId!.Value, About = context.Message.EncounterId, Text = "recorded" });
            return Task.CompletedTask;
        }
    }

    /// <summary>Records what is parked; the other kind it would write every time.</summary>
    private sealed class NoRecorder : IConsumer<TelephoneReportRecorded>, IConsumer<MessageParked>
    {
        public Task Consume(ConsumeContext<TelephoneReportRecorded> context)
        {
            context.UnitOfWork().Add(new Note { Id = Guid.CreateVersion7(), About = context.Message.EncounterId, Text = "recorded" });
            return Task.CompletedTask;
        }

        public Task Consume(ConsumeContext<MessageParked> context)
        {
            context.UnitOfWork().AddOnce(new Note { Id = context.MessageId!.Value, About = context.Message.MessageId, Text = "parked" });
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_a_recorder_gets_again_changes_nothing_and_takes_no_place_in_the_inbox()
    {
        await using var service = await Start(h => h.Recorder<Recorder>("intake-timeline"));
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        foreach (var copies in new[] { 1, 1, 20 })
        {
            var unit = new UnitOfWork();
            foreach (var _ in Enumerable.Range(0, copies))
                unit.Publish(recorded, messageId: recorded.EncounterId);
            await service.Store.CommitAsync(unit, Cancellation);
        }
        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));

        await service.EventuallyAsync("select count(*) from notes", n => n == 2, "both are recorded", Cancellation);
        await Broker.EmptyAsync(TheBroker, "intake-timeline", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from notes", Cancellation)).ShouldBe(2);
        (await service.ScalarAsync<long>("select (select count(*) from inbox) + (select count(*) from parked)", Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_recorder_that_writes_otherwise_than_once_is_refused()
    {
        await using var service = await Start(h => h.Recorder<NoRecorder>("intake-timeline"));

        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));

        await service.EventuallyAsync("select count(*) from parked where error_type = 'InvalidOperationException'", n => n == 1, "its message is parked", Cancellation);
        await service.EventuallyAsync("select count(*) from notes where text = 'parked'", n => n == 1, "the timeline is told", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from notes where text = 'recorded'", Cancellation)).ShouldBe(0);
    }
}
