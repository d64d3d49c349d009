using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// Applies numbered SQL files, <c>NNNN_name.sql</c>, in the order of their names: each once, in a transaction of its own with its row in the table
/// <c>migrations</c>. Processes that do it at once do it one after the other. What the guards know of the state they find in <c>home_state()</c>, its
/// organization, and <c>of_home_state(organization)</c>, whether that is one of its counties. Whether it is a sandbox's, <c>is_sandbox()</c>, a database is told
/// once, for ever: what it holds are tests, or are none.
/// </summary>
internal static partial class Migrations
{
    private const long LockKey = 0x5AFE_0005;

    public static async Task ApplyAsync(string owner, State? state, Sandbox sandbox, IEnumerable<Type> beside, ILogger log)
    {
        // Not pooled: the lock ends with the session.
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0 });
        await using var connection = await database.OpenConnectionAsync();
        await ExecuteAsync($"select pg_advisory_lock({LockKey})");
        await ExecuteAsync("create table if not exists migrations (name text constraint migrations_pkey primary key, applied_at timestamptz not null default now())");
        // Each time, so that the guards follow the state.
        if (state is not null)
            await ExecuteAsync($"""
                create or replace function home_state() returns text language sql immutable parallel safe return '{state.Organization}';
                create or replace function of_home_state(organization text) returns boolean language sql immutable parallel safe return organization like '{Organization.County}:{state.FipsPrefix}%';
                """);
        if (state is not null)
            await MarkAsync();
        foreach (var (name, sql) in beside.SelectMany(SqlFiles.Beside).Where(file => char.IsAsciiDigit(file.Name[0])).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var record = new NpgsqlCommand("insert into migrations values ($1) on conflict do nothing", connection) { Parameters = { new() { Value = name } } };
            if (await record.ExecuteNonQueryAsync() == 0)
                continue;
            await ExecuteAsync(sql);
            await transaction.CommitAsync();
            LogApplied(log, name);
        }

        async Task MarkAsync()
        {
            await using var made = new NpgsqlCommand("select to_regprocedure('is_sandbox()') is not null", connection);
            if (await made.ExecuteScalarAsync() is not true)
                await ExecuteAsync($"create function is_sandbox() returns boolean language sql immutable parallel safe return {(sandbox.IsOn ? "true" : "false")}");
            await using var asked = new NpgsqlCommand(SandboxCheck.Ask, connection);
            if (await asked.ExecuteScalarAsync() is bool isSandbox && isSandbox != sandbox.IsOn)
                throw SandboxCheck.Refused(isSandbox);
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Applied {Migration}")]
    private static partial void LogApplied(ILogger logger, string migration);
}
