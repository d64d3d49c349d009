using Npgsql;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Tests;

/// <summary>What is linked, when, and by whom.</summary>
public sealed class ChainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_commits_late_is_linked_late_and_nothing_waits_for_it()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await using var connection = await ledger.Source.OpenConnectionAsync(Cancellation);
        await using var late = await connection.BeginTransactionAsync(Cancellation);
        await using (var insert = new NpgsqlCommand(TestLedger.Insert, connection, late))
            await insert.ExecuteNonQueryAsync(Cancellation);
        await ledger.AddAsync(2);

        await ledger.LinkAllAsync();
        (await ledger.ScalarAsync("select count(*) from ledger_links")).ShouldBe(2);
        await late.CommitAsync(Cancellation);
        await ledger.LinkAllAsync();

        (await ledger.ScalarAsync("select entry_id from ledger_links where position = 3")).ShouldBe(1, "it was the first to be written and the last to commit");
        (await ledger.VerifyAsync()).ShouldBeSound(linked: 3);
    }

    [Fact]
    public async Task What_is_rolled_back_leaves_neither_an_entry_nor_a_hole()
    {
        await using var ledger = await TestLedger.CreateAsync();
        await ledger.AddAsync(1);
        await Should.ThrowAsync<PostgresException>(() => ledger.ExecuteAsync($"begin; {TestLedger.Insert}; select 1 / 0; commit"));
        await ledger.AddAsync(1);

        await ledger.LinkAllAsync();

        (await ledger.ScalarAsync("select entry_id from ledger_links where position = 2")).ShouldBe(3);
        (await ledger.VerifyAsync()).ShouldBeSound(linked: 2);
    }

    [Fact]
    public async Task Several_instances_link_each_entry_once()
    {
        await using var ledger = await TestLedger.CreateAsync();
        var adding = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ledger.AddAsync(100)));
        var instances = Enumerable.Range(0, 3).Select(async _ =>
        {
            var chainer = ledger.NewChainer();
            while (!adding.IsCompleted || await ledger.ScalarAsync("select count(*) from ledger_unlinked") > 0)
                await chainer.LinkAsync(Cancellation);
        });

        await Task.WhenAll(instances.Append(adding));

        (await ledger.VerifyAsync()).ShouldBeSound(linked: 400);
    }

    [Fact]
    public async Task Who_does_not_hold_the_lock_neither_links_nor_signs()
    {
        await using var ledger = await TestLedger.CreateAsync(checkpointEvery: 1);
        await ledger.AddAsync(1);
        await ledger.LinkAllAsync();
        await ledger.TamperAsync("delete from ledger_checkpoints");
        await ledger.AddAsync(1);
        await using (var other = await ledger.Source.OpenConnectionAsync(Cancellation))
        await using (var turn = await other.BeginTransactionAsync(Cancellation))
        {
            await using var take = new NpgsqlCommand($"select pg_advisory_xact_lock({Chainer.LockKey})", other, turn);
            await take.ExecuteNonQueryAsync(Cancellation);

            (await ledger.Chainer.LinkAsync(Cancellation)).ShouldBe(0);

            (await ledger.ScalarAsync("select count(*) from ledger_checkpoints")).ShouldBe(0);
        }
        (await ledger.Chainer.LinkAsync(Cancellation)).ShouldBe(1);
        (await ledger.ScalarAsync("select count(*) from ledger_checkpoints")).ShouldBe(1);
    }

    [Fact]
    public async Task Linking_reads_what_it_links_and_not_the_whole_ledger_with_plans_that_were_made_while_it_was_short()
    {
        await using var ledger = await TestLedger.CreateAsync();
        // One session, as a service's: statements are prepared, and planned once.
        await using var session = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ledger.Database.ConnectionString)
        {
            MaxPoolSize = 1,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            Options = "-c plan_cache_mode=force_generic_plan",
        });
        var chainer = ledger.NewChainer(session);
        await ledger.ExecuteAsync("alter table ledger set (autovacuum_enabled = off); alter table ledger_unlinked set (autovacuum_enabled = off)");
        for (var i = 0; i < 5; i++)
        {
            await ledger.AddAsync(1);
            await chainer.LinkAsync(Cancellation);
        }
        await ledger.ExecuteAsync("insert into ledger (at, action) select now(), 'report.read' from generate_series(1, 3000)");
        await ledger.LinkAllAsync();
        await ledger.AddAsync(3);

        var before = await ReadAsync();
        (await chainer.LinkAsync(Cancellation)).ShouldBe(3);

        (await ReadAsync() - before).ShouldBe(3);

        async Task<long> ReadAsync()
        {
            await using var connection = await session.OpenConnectionAsync(Cancellation);
            await using (var flush = new NpgsqlCommand("select pg_stat_force_next_flush()", connection))
                await flush.ExecuteNonQueryAsync(Cancellation);
            await using var rows = new NpgsqlCommand("select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_user_tables where relname = 'ledger'", connection);
            return (long)(await rows.ExecuteScalarAsync(Cancellation))!;
        }
    }

    [Fact]
    public async Task After_a_restore_into_another_cluster_the_chain_goes_on()
    {
        await using var ledger = await TestLedger.CreateAsync(checkpointEvery: 2);
        await ledger.AddAsync(3);
        await ledger.LinkAllAsync();
        await ledger.AddAsync(1);
        await using var restored = await TestLedger.CreateAsync();

        foreach (var table in new[] { "ledger", "ledger_unlinked", "ledger_links" })
            await CopyAsync(ledger, restored, table);
        await restored.ExecuteAsync("alter table ledger alter column entry_id restart with 5");
        await restored.AddAsync(1);
        await restored.LinkAllAsync();

        (await restored.VerifyAsync()).ShouldBeSound(linked: 5);
    }

    [Theory]
    [InlineData("update ledger set subject = 'somebody else'")]
    [InlineData("delete from ledger")]
    [InlineData("truncate ledger")]
    [InlineData("update ledger_links set hash = '\\x00'")]
    [InlineData("delete from ledger_links")]
    [InlineData("truncate ledger_links")]
    [InlineData("update ledger_checkpoints set position = 7")]
    [InlineData("delete from ledger_checkpoints")]
    [InlineData("truncate ledger_checkpoints")]
    public async Task Not_even_the_tables_owner_changes_what_is_written(string change)
    {
        await using var ledger = await TestLedger.CreateAsync(checkpointEvery: 1);
        await ledger.AddAsync(1);
        await ledger.LinkAllAsync();

        (await Should.ThrowAsync<PostgresException>(() => ledger.ExecuteAsync(change))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_checkpoint_is_signed_every_so_many_links_and_when_something_is_new_after_a_while()
    {
        await using var ledger = await TestLedger.CreateAsync(checkpointEvery: 3);

        foreach (var added in new[] { 1, 1, 2 })
        {
            await ledger.AddAsync(added);
            await ledger.LinkAllAsync();
        }

        (await ledger.ScalarAsync("select count(*) from ledger_checkpoints where position in (1, 4)")).ShouldBe(2, "the first at once, the second after three more");
        var result = await ledger.VerifyAsync();
        result.ShouldBeSound(linked: 4);
        result.Checkpoints.ShouldBe(2);
    }

    // As pg_dump and pg_restore would: the rows as they are, without triggers, and nothing of the old cluster's transactions.
    private static async Task CopyAsync(TestLedger from, TestLedger to, string table)
    {
        await using var source = await from.Source.OpenConnectionAsync(Cancellation);
        await using var target = new NpgsqlConnection(to.Database.AdminConnectionString);
        await target.OpenAsync(Cancellation);
        await using (var role = new NpgsqlCommand("set session_replication_role = replica", target))
            await role.ExecuteNonQueryAsync(Cancellation);
        using var rows = await source.BeginTextExportAsync($"copy {table} to stdout", Cancellation);
        await using var into = await target.BeginTextImportAsync($"copy {table} from stdin", Cancellation);
        await into.WriteAsync((await rows.ReadToEndAsync(Cancellation)).AsMemory(), Cancellation);
    }
}
