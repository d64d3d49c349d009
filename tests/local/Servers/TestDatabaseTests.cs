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
    public async Task A_copy_has_its_templates_tables_and_roles_and_nothing_of_another_copys_rows()
    {
        var prepared = 0;
        var template = new DatabaseTemplate(async (database, cancellation) =>
        {
            prepared++;
            await ExecuteAsync(database.ConnectionString, "create table things (name text)", cancellation);
            var service = new NpgsqlConnectionStringBuilder(database.ServiceConnectionString).Username;
            await ExecuteAsync(database.ConnectionString, $"grant select, insert on things to \"{service}\"", cancellation);
        });
        await using var one = await template.CopyAsync(Cancelled);
        await using var other = await template.CopyAsync(Cancelled);

        await ExecuteAsync(one.ServiceConnectionString, "insert into things values ('one')", Cancelled);

        (await ExecuteAsync(other.ServiceConnectionString, "select count(*) from things", Cancelled)).ShouldBe(0L);
        (await ExecuteAsync(one.ServiceConnectionString, "select count(*) from things", Cancelled)).ShouldBe(1L);
        (await Should.ThrowAsync<PostgresException>(ExecuteAsync(one.ServiceConnectionString, "delete from things", Cancelled)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await ExecuteAsync(one.ConnectionString, "drop table things", Cancelled);
        prepared.ShouldBe(1);
    }

    private static async Task<object?> ExecuteAsync(string role, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(role);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
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
