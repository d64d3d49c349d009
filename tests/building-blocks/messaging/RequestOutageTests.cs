using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Storage;
using static SafeHarbor.Messaging.Tests.RequestCommitTests;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Whoever asks while the database is away is told so; nobody waits with the messages that are held.</summary>
public sealed class RequestOutageTests : MessagingTest
{
    [Fact]
    public async Task While_the_database_cannot_be_reached_requests_fail_soon_and_afterwards_they_work_again()
    {
        var database = new NpgsqlConnectionStringBuilder(Database.ServiceConnectionString);
        await using var proxy = new TcpProxy(database.Host!, database.Port);
        (database.Host, database.Port) = ("127.0.0.1", proxy.Port);
        await using var service = await Start(Both, ("ConnectionStrings:Database", database.ConnectionString));
        var errand = (await OpenedAsync(service, 1))[0];

        proxy.Refuses = true;
        proxy.Cut();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await Should.ThrowAsync<NpgsqlException>(CommitAsync(service, Guid.NewGuid()).WaitAsync(Soon, Cancellation));
            await Should.ThrowAsync<NpgsqlException>(CheckAsync(service, errand.HandoffId).WaitAsync(Soon, Cancellation));
        }
        proxy.Refuses = false;

        (await CommitAsync(service, Guid.NewGuid()).WaitAsync(Soon, Cancellation)).ShouldBeNull();
        (await CheckAsync(service, errand.HandoffId).WaitAsync(Soon, Cancellation)).Outcome.ShouldBe(CommandOutcome.Done);
        (await service.Store.FindAsync<Errand>(Reader.Service, errand.HandoffId, Cancellation))!.Seen.ShouldBe(101);
    }

    [Fact]
    public async Task A_command_fails_soon_although_many_messages_of_few_sagas_are_held()
    {
        await using var service = await Start(Both);
        var errands = await OpenedAsync(service, 10);
        await AdminAsync("alter table errands rename to errands_away");
        await Publish(service, [.. errands.SelectMany(e => Enumerable.Repeat(e, 6))]);
        await service.EventuallyAsync("select count(*) from outbox", n => n == 0, "all are on the broker", Cancellation);
        await Broker.EmptyAsync(TheBroker, "county-routing-handoff", Cancellation);

        await Should.ThrowAsync<PostgresException>(CheckAsync(service, errands[0].HandoffId).WaitAsync(Soon, Cancellation));

        await AdminAsync("alter table errands_away rename to errands");
        await service.EventuallyAsync("select count(*) from errands where seen = 7", n => n == 10, "what was held has its effect", Cancellation, seconds: 60);
    }
}
