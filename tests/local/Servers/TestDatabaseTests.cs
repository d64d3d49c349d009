using Npgsql;
using SafeHarbor.TestServers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class TestDatabaseTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_belongs_to_a_role_that_row_level_security_binds()
    {
        await using var database = await TestDatabase.CreateAsync(Cancelled);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancelled);

        await using var command = new NpgsqlCommand("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", connection);
        (await command.ExecuteScalarAsync(Cancelled)).ShouldBe(false);
    }

    [Fact]
    public async Task A_database_is_gone_after_its_test()
    {
        var database = await TestDatabase.CreateAsync(Cancelled);
        await database.DisposeAsync();

        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(Cancelled));
    }

    [Fact]
    public async Task Commits_wait_for_the_disk()
    {
        await using var database = await TestDatabase.CreateAsync(Cancelled);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancelled);

        await using var command = new NpgsqlCommand("SELECT current_setting('fsync') || current_setting('synchronous_commit')", connection);
        (await command.ExecuteScalarAsync(Cancelled)).ShouldBe("onon");
    }
}
