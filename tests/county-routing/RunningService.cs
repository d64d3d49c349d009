using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.Local.Tokens;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>county-routing in this process, over its own database and virtual host.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("safeharbor-test-");
    private readonly DevelopmentKeys _keys;
    private readonly TestDatabase _database;
    private readonly TestBroker _broker;
    private readonly WebApplicationFactory<CountyRoutingDb> _service;
    private readonly bool _isGuest;
    private readonly (string Name, string Value)[] _settings;
    private bool _isStopped;

    private RunningService(TestDatabase database, TestBroker broker, bool sampleData, Node? node = null, string? address = null, params (string Name, string Value)[] settings)
    {
        (_isGuest, _settings) = (node is not null, settings);
        (_database, _broker, _keys) = (database, broker, DevelopmentKeys.LoadOrCreate(_folder.FullName));
        _service = new WebApplicationFactory<CountyRoutingDb>().WithWebHostBuilder(host => settings.Aggregate(node is null ? host : host.UseSetting("PublicAddress", "https://node.county.example"),
                (configured, setting) => configured.UseSetting(setting.Name, setting.Value))
            .UseEnvironment("Development")
            .UseSetting("ConnectionStrings:Database", database.ServiceConnectionString)
            .UseSetting("ConnectionStrings:Broker", address ?? broker.Address)
            .UseSetting("Node:Name", node?.Name)
            .UseSetting("Node:Organizations", node is null ? null : string.Join(' ', node.Organizations))
            .UseSetting("Authentication:DevelopmentKeyFile", _keys.PublicKeyFile)
            .UseSetting("SafeHarbor:SampleData", sampleData ? "true" : "false"));
    }

    public static async Task<RunningService> StartAsync(CancellationToken cancellation, params (string Name, string Value)[] settings)
    {
        var service = await CreateAsync(cancellation, settings: settings);
        service.Start();
        await service.EventuallyAsync(directory => directory.IsLoaded, "the directory is loaded", cancellation);
        return service;
    }

    /// <summary>A node beside this one: on the same broker, as a user of its own, over its own database. It has taken over what it is to keep.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <param name="again">The same, stopped, whose database it goes on with.</param>
    /// <param name="organizations">For whom it keeps, when that is not for whom it may.</param>
    public async Task<RunningService> StartNodeAsync(Node node, CancellationToken cancellation, RunningService? again = null, IReadOnlyList<Organization>? organizations = null)
    {
        var service = await LaunchNodeAsync(node, cancellation, again, organizations);
        await service.HasTakenOverAsync(cancellation);
        return service;
    }

    /// <summary>The same, not waited for.</summary>
    public async Task<RunningService> LaunchNodeAsync(Node node, CancellationToken cancellation, RunningService? again = null, IReadOnlyList<Organization>? organizations = null)
    {
        var service = new RunningService(again?._database ?? await TestDatabase.MigratedAsync<CountyRoutingDb>(cancellation), _broker, sampleData: true,
            new(node.Name, organizations ?? node.Organizations), await _broker.AddressOfAsync(node, cancellation), _settings);
        service.Start();
        await service.EventuallyAsync(directory => directory.IsLoaded, "the directory is loaded", cancellation);
        return service;
    }

    /// <summary>Waits until the node has everything, or has given everything back.</summary>
    public async Task HasTakenOverAsync(CancellationToken cancellation)
    {
        using var client = _service.CreateClient();
        for (var i = 0; ; i++)
        {
            var checks = (await client.GetFromJsonAsync<JsonElement>("/health/ready", cancellation)).GetProperty("checks");
            if (checks.GetProperty("broker").GetString() == "Healthy" && checks.GetProperty("keeping").GetString() == "Healthy")
                return;
            i.ShouldBeLessThan(1200, $"the node is ready: {checks}");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Ends it and leaves its database.</summary>
    public async Task StopAsync()
    {
        await _service.DisposeAsync();
        _isStopped = true;
    }

    /// <summary>The broker's address for its administrator.</summary>
    public string BrokerAddress => _broker.Address;

    /// <summary>Not started.</summary>
    public static async Task<RunningService> CreateAsync(CancellationToken cancellation, bool sampleData = true, (string, string)[]? settings = null) =>
        new(await TestDatabase.MigratedAsync<CountyRoutingDb>(cancellation), await TestBroker.DeclaredAsync(cancellation), sampleData, settings: settings ?? []);

    /// <summary>Not started, over an empty database and a virtual host without a queue.</summary>
    public static async Task<RunningService> CreateEmptyAsync(CancellationToken cancellation, bool sampleData = true) =>
        new(await TestDatabase.CreateAsync(cancellation), await TestBroker.CreateAsync(cancellation), sampleData);

    public void Start() => _ = _service.Server;

    public Task MigrateAsync() => Migrating.MigrateAsync<CountyRoutingDb>(_database.ConnectionString, _database.ServiceConnectionString, new Uri(_broker.Address), TestStates.California);

    public CountyDirectory Directory => Services.GetRequiredService<CountyDirectory>();

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await OwnConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // The administrator's, because a test may end the service's.
    private async Task<NpgsqlConnection> OwnConnectionAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.AdminConnectionString) { Pooling = false, ApplicationName = "test" }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Waits less than the slow reload would take, so that only a notification can be in time.</summary>
    public async Task EventuallyAsync(Func<CountyDirectory, bool> holds, string what, CancellationToken cancellation)
    {
        for (var i = 0; !holds(Directory); i++)
        {
            if (i == 400)
                Assert.Fail($"Never: {what}.");
            await Task.Delay(50, cancellation);
        }
    }

    public IServiceProvider Services => _service.Services;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public HttpClient Caller(string organization)
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _keys.Token(organization));
        return client;
    }

    /// <summary>Publishes as another service would: through an outbox.</summary>
    public async Task PublishAsync<T>(T message, CancellationToken cancellation, Guid? messageId = null) where T : class
    {
        var unit = new UnitOfWork();
        unit.Publish(message, messageId);
        await Services.GetRequiredService<UnitStore>().CommitAsync(unit, cancellation);
    }

    /// <summary>The first column of what a query gives.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = await OwnConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetString(0));
        return found;
    }

    /// <summary>Sends to a queue of the service's own.</summary>
    public async Task SendAsync<T>(string queue, T message, CancellationToken cancellation) where T : class
    {
        var unit = new UnitOfWork();
        unit.Send(queue, message);
        await Services.GetRequiredService<UnitStore>().CommitAsync(unit, cancellation);
    }

    public async Task EventuallyAsync(string sql, long expected, string what, CancellationToken cancellation)
    {
        await using var connection = await OwnConnectionAsync(cancellation);
        for (var i = 0; ; i++)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var actual = (long)(await command.ExecuteScalarAsync(cancellation))!;
            if (actual == expected)
                return;
            if (i == 600)
                Assert.Fail($"{what}: `{sql}` is {actual}, not {expected}.");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Nothing of the service gets at the table until it is disposed.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string table, CancellationToken cancellation)
    {
        var connection = await OwnConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand($"begin; lock table {table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>Waits until whoever consumes the queue has everything that is in it.</summary>
    public async Task IsTakenFromAsync(string queue, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(BrokerAddress) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        for (var i = 0; await channel.MessageCountAsync(queue, cancellation) > 0; i++)
        {
            i.ShouldBeLessThan(600, $"{queue} is consumed");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>What migrations and model do not agree on.</summary>
    public async Task<IReadOnlyList<string>> SchemaDifferencesAsync(CancellationToken cancellation)
    {
        await using var scope = Services.CreateAsyncScope();
        return await SchemaCheck.DifferencesAsync(scope.ServiceProvider.GetRequiredService<CountyRoutingDb>(), _database.ConnectionString, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            _folder.Delete(recursive: true);
            return;
        }
        await _service.DisposeAsync();
        if (!_isGuest)
            await _broker.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
