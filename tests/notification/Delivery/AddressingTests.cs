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
        await ServiceRole.AddAsync(_database, "endpoints", Cancellation, ("organization", County), ("state", "ENABLED"));
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
