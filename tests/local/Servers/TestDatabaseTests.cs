using Npgsql;
using SafeHarbor.TestServers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class TestDatabaseTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_has_an_owner_and_a_role_that_owns_nothing_and_row_level_security_binds()
    {
        await using var database = await TestDatabase.CreateAsync(Cancelled);

        (await AskAsync(database.ConnectionString)).ShouldBe("owner bound");
        (await AskAsync(database.ServiceConnectionString)).ShouldBe("other bound");

        static async Task<object?> AskAsync(string role)
        {
            await using var connection = new NpgsqlConnection(role);
            await connection.OpenAsync(Cancelled);
            await using var command = new NpgsqlCommand("""
                SELECT CASE WHEN pg_has_role(datdba, 'member') THEN 'owner' ELSE 'other' END || CASE WHEN rolsuper OR rolbypassrls THEN ' unbound' ELSE ' bound' END
                FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
                """, connection);
            return await command.ExecuteScalarAsync(Cancelled);
        }
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
