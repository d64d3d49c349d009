using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>What the key store lets happen to a key.</summary>
public sealed class KeyStoreTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KeyStore Store => _intake.Services.GetRequiredService<KeyStore>();

    private async Task<Guid> AddAsync()
    {
        using var key = DataKey.Make(Guid.NewGuid());
        await Store.AddAsync(await _intake.Services.GetRequiredService<IKeyEncryption>().WrapAsync([key], Cancellation), Cancellation);
        return key.Id;
    }

    [Fact]
    public async Task A_destroyed_key_is_gone_and_its_row_says_when_and_why()
    {
        var (destroyed, other) = (await AddAsync(), await AddAsync());

        (await Store.DestroyAsync([destroyed], "retention: WIC 827", Cancellation)).ShouldBe(1);
        (await Store.DestroyAsync([destroyed, Guid.NewGuid()], "again", Cancellation)).ShouldBe(0);

        var proof = (await Store.FindAsync([destroyed], Cancellation)).ShouldHaveSingleItem();
        (proof.Wrapped, proof.DestroyedFor).ShouldBe((null, "retention: WIC 827"));
        proof.DestroyedAt.ShouldNotBeNull().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        (await Store.FindAsync([other], Cancellation)).Single().Wrapped.ShouldNotBeNull();
    }

    [Fact]
    public async Task No_old_version_of_a_destroyed_key_is_left_in_the_table()
    {
        var destroyed = await AddAsync();

        await Store.DestroyAsync([destroyed], "court order", Cancellation);

        await using var keys = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_intake.KeysDatabase.AdminConnectionString) { Pooling = false });
        // Before PostgreSQL 17 only an owner may vacuum: there autovacuum comes by itself, for which nobody waits here.
        await ExecuteAsync(keys, "do $$ begin assert current_setting('server_version_num')::int >= 170000 or (select reloptions::text like '%autovacuum_vacuum_threshold=0%' from pg_class where relname = 'keys'); end $$");
        await ExecuteAsync(keys, "vacuum keys");
        await ExecuteAsync(keys, "create extension if not exists pageinspect");
        await using var command = keys.CreateCommand("""
            select count(*) from generate_series(0, pg_relation_size('keys') / 8192 - 1) page, heap_page_items(get_raw_page('keys', page::int)) item
            where item.t_data is not null and position(decode(replace($1::text, '-', ''), 'hex') in item.t_data) > 0
            """);
        command.Parameters.Add(new() { Value = destroyed });
        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(1L, "Only the row that says that the key was destroyed.");
    }

    [Theory]
    [InlineData("update keys set wrapped_key = '\\x00', destroyed_at = null, destroyed_for = null where key_id = $1")]
    [InlineData("update keys set destroyed_for = 'something else' where key_id = $1")]
    [InlineData("delete from keys where key_id = $1")]
    public async Task Nothing_brings_a_destroyed_key_back_or_hides_that_it_was(string change)
    {
        var destroyed = await AddAsync();
        await Store.DestroyAsync([destroyed], "court order", Cancellation);

        (await RefusedAsync(change, destroyed)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("delete from keys where key_id = $1")]
    [InlineData("update keys set key_id = gen_random_uuid() where key_id = $1")]
    [InlineData("update keys set made_at = now() where key_id = $1")]
    public async Task A_key_is_destroyed_and_not_deleted_and_keeps_its_name(string change) =>
        (await RefusedAsync(change, await AddAsync())).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Fact]
    public async Task The_table_cannot_be_emptied()
    {
        await using var keys = _intake.KeysSource();

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(keys, "truncate keys"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_key_has_no_wrapping_only_when_it_was_destroyed()
    {
        (await RefusedAsync("update keys set wrapped_key = null where key_id = $1", await AddAsync())).ShouldBe(PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task The_services_role_may_neither_delete_keys_nor_rename_them()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_intake.KeysDatabase.ServiceConnectionString) { Pooling = false });
        foreach (var change in new[] { "delete from keys", "update keys set purpose = 'x'", "alter table keys disable trigger all" })
            (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(source, change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, change);
    }

    [Fact]
    public async Task The_service_does_not_start_with_a_role_that_nothing_binds_in_the_key_store()
    {
        await using var keys = await TestDatabase.CreateAsync(Cancellation);

        (await Should.ThrowAsync<StartRefusedException>(TestIntake.StartAsync(
            ("ConnectionStrings:Keys", keys.AdminConnectionString), ("ConnectionStrings:KeysOwner", keys.ConnectionString)))).Message
            .ShouldStartWith("The role of ConnectionStrings:Keys is a superuser");
    }

    private async Task<string> RefusedAsync(string change, Guid key)
    {
        await using var keys = _intake.KeysSource();
        await using var command = keys.CreateCommand(change);
        command.Parameters.Add(new() { Value = key });
        return (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
