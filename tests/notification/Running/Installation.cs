using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>Database, virtual host, keys and log of one installation, in which any number of service instances run.</summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly ECDsa _issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _folder = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;
    private readonly List<WebApplication> _instances = [];
    private readonly TestDatabase _database;
    private readonly NpgsqlDataSource _reader;

    private Installation(TestDatabase database, TestBroker broker)
    {
        (_database, Broker) = (database, broker);
        _reader = NpgsqlDataSource.Create(database.ConnectionString);
        File.WriteAllText(PathOf("issuer.pem"), _issuer.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(SealingKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public TestBroker Broker { get; }
    /// <summary>For the database's owner.</summary>
    public string Database => _database.ConnectionString;
    /// <summary>The operator's keys, one a line.</summary>
    public string SealingKeyFile => PathOf("sealing.key");
    public ConcurrentQueue<string> Log { get; } = new();
    /// <summary>Settings of instances started from now on; the schedule is short so that tests are.</summary>
    public Dictionary<string, string> Settings { get; } = new()
    {
        ["environment"] = "Development",
        ["urls"] = "http://127.0.0.1:0",
        ["Delivery:Schedule:0"] = "00:00:00.050",
        ["Delivery:Schedule:1"] = "00:00:00.100",
        ["Delivery:ThenEvery"] = "00:00:00.200",
        ["Delivery:GiveUpAfter"] = "00:01:00",
        ["Delivery:Timeout"] = "00:00:02",
        ["Delivery:Lease"] = "00:00:20",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:Console:LogLevel:Default"] = "None",
    };

    /// <summary>Has instances started from now on log everything, for who searches the log.</summary>
    public void LogEverything() => Settings["Logging:LogLevel:Default"] = "Trace";

    public static async Task<Installation> CreateAsync(CancellationToken cancellation) =>
        new(await TestDatabase.MigratedAsync<NotificationDb>(cancellation), await TestBroker.DeclaredAsync(cancellation));

    /// <summary>Migrates once more, which changes nothing, and ends, as the process with the argument <c>migrate</c> does.</summary>
    public async Task MigrateAsync()
    {
        await using var app = Build();
        await app.MigrateWhenAskedAsync<NotificationDb>(["migrate"]);
    }

    /// <summary>Starts an instance of the service.</summary>
    public async Task<WebApplication> StartAsync(CancellationToken cancellation)
    {
        var app = Build();
        await app.StartAsync(cancellation);
        _instances.Add(app);
        return app;
    }

    /// <summary>An HTTP client for an organization.</summary>
    public HttpClient Client(WebApplication app, string organization, string scope = "endpoints.manage feed.read")
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "safeharbor-development",
            Audience = "safeharbor",
            Expires = DateTime.UtcNow.AddMinutes(10),
            Claims = new Dictionary<string, object> { ["sub"] = "duty-desk", ["org"] = organization, ["scope"] = scope },
            SigningCredentials = new(new ECDsaSecurityKey(_issuer), SecurityAlgorithms.EcdsaSha256),
        }));
        return client;
    }

    /// <summary>A request as county-routing makes it.</summary>
    public static NoticeRequested Request(string organization = "county:06037", string type = "handoff.opened.v1", string subject = SubjectKinds.Handoff) => new()
    {
        EncounterId = Guid.NewGuid(),
        NoticeId = Guid.NewGuid(),
        RequestedBy = Guid.NewGuid(),
        Organization = Organization.Parse(organization),
        Type = type,
        Source = "county-routing",
        Subject = Guid.NewGuid(),
        SubjectKind = subject,
        Link = "https://routing.example/v1/handoffs/1",
        ReportId = Guid.NewGuid(),
        Urgency = Urgencies.Immediate,
        DueAt = new DateTimeOffset(2026, 11, 21, 7, 40, 0, TimeSpan.Zero),
        At = new DateTimeOffset(2026, 11, 21, 7, 10, 0, TimeSpan.Zero),
    };

    /// <summary>Publishes through the instance's outbox, as another service would through its own.</summary>
    public static async Task PublishAsync(WebApplication app, CancellationToken cancellation, params NoticeRequested[] requests)
    {
        var unit = new UnitOfWork();
        foreach (var request in requests)
            unit.Publish(request);
        (await app.Services.GetRequiredService<UnitStore>().CommitAsync(unit, cancellation)).ShouldBeNull();
    }

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = _reader.CreateCommand(sql);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(cancellation))!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        await using var command = _reader.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Waits until the query answers that; fails with what it answered last.</summary>
    public async Task EventuallyAsync<T>(string sql, T expected, CancellationToken cancellation, int seconds = 30)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        object? last = null;
        try
        {
            while (!Equals(last = await ScalarAsync<T>(sql, limit.Token), expected))
                await Task.Delay(20, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Assert.Fail($"After {seconds} s `{sql}` is {last} and not {expected}. Last warnings:\n"
                + string.Join('\n', Log.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal)).TakeLast(10)));
        }
    }

    /// <summary>Closes the database's connections, and refuses new ones while <paramref name="meanwhile"/> runs.</summary>
    public async Task WithoutDatabaseAsync(Func<Task> meanwhile, CancellationToken cancellation)
    {
        var name = new NpgsqlConnectionStringBuilder(Database).Database;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.AdminConnectionString) { Database = "postgres" });
        await RunAsync($"alter database {name} with allow_connections false");
        try
        {
            await RunAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            _reader.Clear();
            await meanwhile();
        }
        finally
        {
            await RunAsync($"alter database {name} with allow_connections true");
        }

        async Task RunAsync(string sql)
        {
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Waits until that many lines of the log contain the text.</summary>
    public async Task LoggedAsync(string text, int times, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (Log.Count(line => line.Contains(text, StringComparison.Ordinal)) < times)
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Every row of every table, as text; byte columns in hexadecimal.</summary>
    public async Task<string> DumpAsync(CancellationToken cancellation)
    {
        var tables = await ScalarAsync<string>("select string_agg(tablename, ',') from pg_tables where schemaname = 'public'", cancellation);
        var rows = new System.Text.StringBuilder();
        foreach (var table in tables.Split(','))
            rows.AppendLine(await ScalarAsync<string>($"""select coalesce(string_agg(t::text, E'\n'), '') from "{table}" t""", cancellation));
        return rows.ToString();
    }

    /// <summary>Ends an instance as an operator would.</summary>
    public async Task StopAsync(WebApplication app)
    {
        _instances.Remove(app);
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _instances.ToArray())
            await StopAsync(app);
        await _reader.DisposeAsync();
        await Broker.DisposeAsync();
        await _database.DisposeAsync();
        _issuer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private WebApplication Build()
    {
        var settings = new Dictionary<string, string>(Settings)
        {
            ["ConnectionStrings:Owner"] = Database,
            ["ConnectionStrings:BrokerOwner"] = Broker.Address,
            ["ConnectionStrings:Database"] = _database.ServiceConnectionString,
            ["ConnectionStrings:Broker"] = Broker.Address,
            ["Authentication:DevelopmentKeyFile"] = PathOf("issuer.pem"),
            ["Logging:Console:LogLevel:Default"] = "None",
            ["Sealing:KeyFile"] = SealingKeyFile,
        };
        var builder = WebApplication.CreateBuilder([.. settings.Select(s => $"--{s.Key}={s.Value}")]);
        var app = Program.Build(builder);
        // Afterwards: the service takes away whatever logged before.
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new LogCollector(Log));
        return app;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
