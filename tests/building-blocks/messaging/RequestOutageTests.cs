using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Messaging.Sagas;
using static SafeHarbor.Messaging.Tests.RequestCommitTests;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Whoever asks while the database is away is told so.</summary>
public sealed class RequestOutageTests : MessagingTest
{
    [Fact]
    public async Task While_the_database_cannot_be_reached_requests_fail_soon_and_afterwards_they_work_again()
    {
        var database = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        await using var proxy = new TcpProxy(database.Host!, database.Port);
        (database.Host, database.Port) = ("127.0.0.1", proxy.Port);
        await using var service = await TestService.StartAsync(database.ConnectionString, TheBroker.Address, Both, Cancellation);
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
        (await service.Store.FindAsync<Errand>(errand.HandoffId, Cancellation))!.Seen.ShouldBe(101);
    }
}
