using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Numbered SQL files make a database, however often and from however many processes it is asked for.</summary>
public sealed class MigrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_is_applied_once_in_order_by_several_at_once()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrating.ApplyAsync<TestDb>(database.ConnectionString, TestStates.California)));
        await Migrating.ApplyAsync<TestDb>(database.ConnectionString, TestStates.California);

        (await AppliedAsync(database)).ShouldBe(["0001_messaging", "0002_ledger", "0100_test"]);
    }

    [Fact]
    public async Task One_that_fails_leaves_nothing_and_is_applied_the_next_time()
    {
        await using var database = await TestDatabase.CreateAsync(Cancellation);
        await ExecuteAsync(database, "create table errands (id int)");

        await Should.ThrowAsync<Npgsql.PostgresException>(Migrating.ApplyAsync<TestDb>(database.ConnectionString, TestStates.California));
        (await AppliedAsync(database)).ShouldBe(["0001_messaging", "0002_ledger"]);

        await ExecuteAsync(database, "drop table errands");
        await Migrating.ApplyAsync<TestDb>(database.ConnectionString, TestStates.California);
        (await AppliedAsync(database)).ShouldContain("0100_test");
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var owner = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<string[]> AppliedAsync(TestDatabase database)
    {
        await using var owner = Npgsql.NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = owner.CreateCommand("select array_agg(name order by applied_at, name) from migrations");
        return (string[])(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
