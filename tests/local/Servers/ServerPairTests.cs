using Npgsql;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class ServerPairTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_caller_finds_what_runs_and_stopping_by_record_ends_it()
    {
        var home = Home();
        var started = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);

        var recorded = FoundServer.Read(home.RecordOf(ServerHome.Postgres)).ShouldNotBeNull();
        recorded.Connection.ShouldBe(started.Connection);
        recorded.IsRunning.ShouldBeTrue();

        await ServerPair.StopRecordedAsync(home, wipe: true);
        recorded.IsRunning.ShouldBeFalse();
        Directory.Exists(home.Directory).ShouldBeFalse();
    }

    [Fact]
    public async Task Data_outlives_a_stop_without_wipe()
    {
        var home = Home();
        try
        {
            var first = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            await Database.CreateAsync(first.Connection, "kept", Cancelled);
            await ServerPair.StopRecordedAsync(home, wipe: false);
            (await Database.AnswersAsync(first.Connection, Cancelled)).ShouldBeFalse();

            var second = await PrivatePostgres.StartAsync(PrivatePostgres.FindPrograms()!, home, Cancelled);
            var kept = new NpgsqlConnectionStringBuilder(second.Connection) { Database = "kept" }.ConnectionString;
            (await Database.AnswersAsync(kept, Cancelled)).ShouldBeTrue();
        }
        finally
        {
            await ServerPair.StopRecordedAsync(home, wipe: true);
        }
    }

    private static ServerHome Home() => ServerHome.ForTests(Checkout.Find());
}
