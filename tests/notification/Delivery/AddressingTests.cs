using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>Who gives notices their numbers, statement by statement.</summary>
public sealed class AddressingTests : IAsyncLifetime
{
    private const string County = "county:06037";
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MigratedAsync<NotificationDb>(Cancellation);
        await ServiceRole.AddAsync(_database, "endpoints", Cancellation, ("organization", County), ("state", "ENABLED"), ("confirmed_at", DateTimeOffset.UtcNow));
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(County)]
    [InlineData("county:06059")]
    public async Task What_is_requested_after_an_instance_saw_nothing_to_take_a_turn_for_waits_for_the_next_look(string organization)
    {
        await using var service = NpgsqlDataSource.Create(_database.ServiceConnectionString);
        await using var connection = await service.OpenConnectionAsync(Cancellation);
        await ExecuteAsync(connection, "select set_config('safeharbor.caller', 'service', false)");
        await using (await connection.BeginTransactionAsync(Cancellation))
        {
            await ExecuteAsync(connection, Addressing.TakeTurn);
            await ServiceRole.AddAsync(_database, "notices", Cancellation, ("organization", organization), ("state", "REQUESTED"));
            (await AddressedAsync(connection)).ShouldBe(0);
        }
        await using (await connection.BeginTransactionAsync(Cancellation))
        {
            await ExecuteAsync(connection, Addressing.TakeTurn);
            (await AddressedAsync(connection)).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("SUPERVISOR", "- ON_CALL_WORKER SUPERVISOR", "SUPERVISOR")]
    [InlineData("SUPERVISOR", "- ON_CALL_WORKER", "-")]
    [InlineData("SUPERVISOR", "ON_CALL_WORKER MANAGER", "MANAGER ON_CALL_WORKER")]
    [InlineData("-", "- ON_CALL_WORKER -", "- -")]
    [InlineData("-", "ON_CALL_WORKER", "ON_CALL_WORKER")]
    public async Task What_is_for_a_duty_goes_to_its_endpoints_and_else_to_those_of_none_and_else_to_all(string duty, string endpoints, string told)
    {
        const string organization = "county:06067";
        foreach (var of in endpoints.Split(' '))
            await ServiceRole.AddAsync(_database, "endpoints", Cancellation, ("organization", organization), ("state", "ENABLED"), ("confirmed_at", DateTimeOffset.UtcNow), ("duty", of == "-" ? DBNull.Value : of));
        await ServiceRole.AddAsync(_database, "notices", Cancellation, ("organization", organization), ("state", "REQUESTED"), ("duty", duty == "-" ? DBNull.Value : duty));
        await using var service = NpgsqlDataSource.Create(_database.ServiceConnectionString);
        await using var connection = await service.OpenConnectionAsync(Cancellation);
        await ExecuteAsync(connection, "select set_config('safeharbor.caller', 'service', false)");
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await ExecuteAsync(connection, Addressing.TakeTurn);
            await AddressedAsync(connection);
            await transaction.CommitAsync(Cancellation);
        }

        await using var select = new NpgsqlCommand("select string_agg(coalesce(e.duty, '-'), ' ' order by coalesce(e.duty, '-')) from deliveries d join endpoints e on e.id = d.endpoint_id where e.organization = 'county:06067'", connection);
        (await select.ExecuteScalarAsync(Cancellation)).ShouldBe(told);
    }

    /// <summary>How many notices were given a number, or would be because there is nobody to tell.</summary>
    private static async Task<int> AddressedAsync(NpgsqlConnection connection)
    {
        await using var address = new NpgsqlCommand(Addressing.Address, connection) { Parameters = { new() { Value = TimeSpan.FromMinutes(15) } } };
        var addressed = await address.ExecuteNonQueryAsync(Cancellation);
        await using var select = new NpgsqlCommand(Addressing.SelectNobodyToTell, connection) { Parameters = { new() { Value = TimeSpan.FromMinutes(15) } } };
        await using var rows = await select.ExecuteReaderAsync(Cancellation);
        return addressed + (await Addressing.ReadNobodyToTellAsync(rows, Cancellation)).Count;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
