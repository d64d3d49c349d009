using Npgsql;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Messaging;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Storage;

/// <summary>What the running service's role may not do in its database, whatever its code or whoever took it over wants.</summary>
public sealed class LeastRightsTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private TestBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MigratedAsync<IntakeDb>(Cancellation);
        _broker = await TestBroker.DeclaredAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_it_needs_not_is_refused()
    {
        var (owner, admin) = (new NpgsqlConnectionStringBuilder(_database.ConnectionString).Username, new NpgsqlConnectionStringBuilder(_database.AdminConnectionString).Username);
        string[] forbidden =
        [
            // What was submitted, what happened, who may read and who has read never changes.
            .. from table in (string[])["encounters", "reports", "telephone_reports", "timeline", "responders", "whereabouts", "workers", "ledger"]
               from statement in (string[])[$"delete from {table}", $"update {table} set encounter_id = encounter_id", $"truncate {table}"]
               select statement.Replace("update ledger set encounter_id = encounter_id", "update ledger set at = at", StringComparison.Ordinal),
            "delete from grants", "truncate grants", "delete from destructions", "truncate destructions", "update retention_rules set days = 1", "delete from retention_rules",
            "update inbox set consumer = ''", "delete from inbox", "update outbox set body = ''", "update timers set due_at = now()", "delete from parked", "update parked set body = ''",
            // Nothing is made, changed or removed.
            "create table more (id int)", "create temp table more (id int)", "alter table encounters add more int", "drop table reports", "create index on reports (child)",
            "create function more() returns int language sql return 1", "create schema more", "create extension dblink", "create role more",
            "drop table inbox_other_days", "select from inbox_other_days", "insert into inbox_other_days values (now(), gen_random_uuid(), '')",
            // Nothing that guards is switched off.
            "alter table reports disable row level security", "drop policy service on reports", "create policy more on reports using (true)",
            "alter table ledger disable trigger all", "set session_replication_role = replica", "alter function keep_inbox(int, int) owner to current_user",
            // Nobody else is to be had, and nothing beyond the tables.
            $"set role \"{owner}\"", $"set session authorization \"{admin}\"", "select from pg_authid", "select from migrations",
            "copy encounters to program 'true'", "copy encounters to '/tmp/encounters'", "copy encounters from '/etc/passwd'", "select pg_read_file('/etc/passwd')",
        ];
        foreach (var statement in forbidden)
            (await ServiceRole.RefusalAsync(_database, statement, Cancellation)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, statement);
    }

    [Fact]
    public async Task A_grant_changes_in_no_way_but_that_it_ends_earlier()
    {
        await ServiceRole.AddAsync(_database, "grants", Cancellation, ("expires_at", DateTime.UtcNow.AddDays(2)));

        foreach (var change in (string[])["organization = 'county:06037'", "tier = 'COUNTY'", "expires_at = expires_at + interval '1 day'", "expires_at = expires_at"])
            (await ServiceRole.RefusalAsync(_database, $"update grants set {change}", Cancellation)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
        (await ServiceRole.RefusalAsync(_database, "update grants set expires_at = expires_at - interval '1 day'", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Another_services_database_is_closed_to_it()
    {
        await using var other = await TestDatabase.CreateAsync(Cancellation);
        var across = new NpgsqlConnectionStringBuilder(_database.ServiceConnectionString) { Database = new NpgsqlConnectionStringBuilder(other.ConnectionString).Database };
        await using var connection = new NpgsqlConnection(across.ConnectionString);

        (await Should.ThrowAsync<PostgresException>(connection.OpenAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_it_once_got_too_much_the_next_migration_takes_away()
    {
        await using var owner = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var tooMuch = owner.CreateCommand($"grant all on grants to \"{new NpgsqlConnectionStringBuilder(_database.ServiceConnectionString).Username}\"");
        await tooMuch.ExecuteNonQueryAsync(Cancellation);
        (await ServiceRole.RefusalAsync(_database, "delete from grants", Cancellation)).ShouldBeNull();

        await Migrating.MigrateAsync<IntakeDb>(_database.ConnectionString, _database.ServiceConnectionString, new Uri(_broker.Address), TestStates.California);

        (await ServiceRole.RefusalAsync(_database, "delete from grants", Cancellation)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
