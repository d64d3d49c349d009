using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.Messaging.Supervision;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Trouble with messages is told and named, and takes no request away from the service: it stays ready.</summary>
public sealed class HealthTests : MessagingTest
{
    [Fact]
    public async Task Everything_is_healthy_until_a_message_is_parked()
    {
        Told.Fail = _ => new InvalidOperationException("a mistake in the code");
        await Broker.DeclareDeadLettersAsync(TheBroker, Cancellation);
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "0.2"));
        foreach (var check in (string[])["outbox", "broker", "queues", "parked"])
            await EventuallyAsync(service, check, HealthStatus.Healthy);

        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));

        (await EventuallyAsync(service, "parked", HealthStatus.Degraded)).ShouldBe("1 messages are parked: see 'parked list'.");
    }

    [Fact]
    public async Task A_queue_without_a_consumer_is_told_until_the_watch_starts_it_again()
    {
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "2"));
        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        await service.EventuallyAsync("select count(*) from notes", n => n == 1, "it works", Cancellation);
        await EventuallyAsync(service, "queues", HealthStatus.Healthy);

        await service.Services.GetRequiredService<WatchState>().Endpoints.Single(e => e.Queue == "intake-timeline").StopSilentlyAsync(Cancellation);

        (await EventuallyAsync(service, "queues", HealthStatus.Degraded)).ShouldBe("intake-timeline has no consumer.");
        await EventuallyAsync(service, "queues", HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_message_that_has_waited_long_in_the_outbox_is_told()
    {
        await using var service = await Start(Both);
        await service.ScalarAsync<long>("""
            with stuck as (insert into outbox (message_id, ordering_key, destination, type, body, created_at)
            values (gen_random_uuid(), gen_random_uuid(), 'queue:no-such-queue', 'no-such.kind.v1', '{}', now() - interval '40 seconds') returning 1) select count(*) from stuck
            """, Cancellation);

        (await EventuallyAsync(service, "outbox", HealthStatus.Degraded))!.ShouldStartWith("The oldest message has waited in the outbox for 4");
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_is_told()
    {
        await using var service = await Start(Both, ("ConnectionStrings:Broker", "amqp://nobody:nothing@127.0.0.1:1/"));

        (await EventuallyAsync(service, "broker", HealthStatus.Degraded)).ShouldBe("The broker cannot be reached.");
    }

    [Fact]
    public async Task Only_a_database_that_does_not_answer_makes_the_service_unready()
    {
        await using var service = await Start(Both);
        await EventuallyAsync(service, "outbox", HealthStatus.Healthy);

        await service.ScalarAsync<long>("alter table outbox rename to elsewhere; select 1", Cancellation);

        (await LookAsync(service)).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    private static Task<HealthReport> LookAsync(TestService service) =>
        service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains("ready"), Cancellation);

    /// <summary>Waits until a check says so; the service is ready all the while.</summary>
    private static async Task<string?> EventuallyAsync(TestService service, string check, HealthStatus status)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var report = await LookAsync(service);
            report.Status.ShouldNotBe(HealthStatus.Unhealthy);
            if (report.Entries[check].Status == status)
                return report.Entries[check].Description;
            limit.IsCancellationRequested.ShouldBeFalse($"{check} is still {report.Entries[check].Status} and not {status}");
            await Task.Delay(20, Cancellation);
        }
    }
}
