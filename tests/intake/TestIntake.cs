using System.Collections.Concurrent;
using System.Globalization;
using System.IdentityModel.Tokens.Jwt;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>The whole service in this process over its own database and virtual host, with its log kept in memory.</summary>
public sealed class TestIntake : IAsyncDisposable
{
    public const string Agency = "CA0190000";

    /// <summary>For who searches the log.</summary>
    public static readonly (string Key, string Value)[] LogEverything = [("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:SafeHarbor", "Trace")];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _files = Directory.CreateTempSubdirectory("intake-test").FullName;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public TestDatabase Database { get; private set; } = null!;
    public TestDatabase KeysDatabase { get; private set; } = null!;
    /// <summary>The operator's keys, one a line.</summary>
    public string SealingKeyFile => Path.Combine(_files, "sealing.key");
    public TestBroker Broker { get; private set; } = null!;
    public ConcurrentQueue<string> Log { get; } = [];
    /// <summary>The database for looking into, as its owner.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;
    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly DatabaseTemplate Keys = new(async (keys, cancellation) =>
    {
        // Only migrates, which asks for nothing but these.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "SafeHarbor.Intake" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Keys"] = keys.ServiceConnectionString,
            ["ConnectionStrings:KeysOwner"] = keys.ConnectionString,
            ["Logging:LogLevel:Default"] = "Warning",
        });
        await using var app = builder.Build();
        await app.MigrateKeysAsync();
    });

    public static Task<TestIntake> StartAsync(params (string Key, string Value)[] settings) => StartAsync(_ => Task.CompletedTask, settings);

    /// <summary>Does something before the service starts.</summary>
    public static async Task<TestIntake> StartAsync(Func<TestIntake, Task> before, params (string Key, string Value)[] settings)
    {
        var intake = new TestIntake
        {
            Database = await TestDatabase.MigratedAsync<IntakeDb>(Cancellation),
            KeysDatabase = await Keys.CopyAsync(Cancellation),
            Broker = await TestBroker.DeclaredAsync(Cancellation),
        };
        await intake.RunAsync(before, settings);
        return intake;
    }

    private async Task RunAsync(Func<TestIntake, Task> before, (string Key, string Value)[] settings)
    {
        var publicKey = Path.Combine(_files, "public.pem");
        await File.WriteAllTextAsync(publicKey, _key.ExportSubjectPublicKeyInfoPem(), Cancellation);
        await File.WriteAllTextAsync(SealingKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancellation);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "SafeHarbor.Intake" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Database"] = Database.ServiceConnectionString,
            ["ConnectionStrings:Owner"] = Database.ConnectionString,
            ["ConnectionStrings:BrokerOwner"] = Broker.Address,
            ["ConnectionStrings:Keys"] = KeysDatabase.ServiceConnectionString,
            ["ConnectionStrings:KeysOwner"] = KeysDatabase.ConnectionString,
            ["ConnectionStrings:Broker"] = Broker.Address,
            ["Authentication:DevelopmentKeyFile"] = publicKey,
            ["Sealing:KeyFile"] = SealingKeyFile,
            ["urls"] = "http://127.0.0.1:0",
            // Whoever has no grant is refused soon; that it is waited for has tests of its own.
            ["Disclosure:WaitForGrant"] = "00:00:00.050",
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:SafeHarbor"] = "Information",
            ["Logging:Console:LogLevel:Default"] = "None",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        Source = NpgsqlDataSource.Create(Database.ConnectionString);
        _app = Program.Build(builder);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new MemoryLog(Log));
        await before(this);
        await _app.StartAsync(Cancellation);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public string Token(string organization, string scopes) => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
        "safeharbor-development", "safeharbor",
        [new Claim("sub", $"tester-of-{organization}"), new Claim("org", organization), new Claim("scope", scopes)],
        expires: DateTime.UtcNow.AddMinutes(10),
        signingCredentials: new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256)));

    /// <summary>A client of somebody.</summary>
    public HttpClient Client(string organization, string scopes)
    {
        var client = new HttpClient { BaseAddress = _http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(organization, scopes));
        return client;
    }

    /// <summary>Sends a request and returns the answer read to its end.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string organization = $"le:{Agency}",
        string scopes = "encounters.write encounters.read", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(organization, scopes));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, Cancellation);
        var read = await response.Content.ReadAsStringAsync(Cancellation);
        var all = response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, read, all);
    }

    public Task<Answer> PostAsync(object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/v1/encounters", body, headers: headers);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Publishes as another service would.</summary>
    public async Task PublishAsync<T>(T message, Guid? messageId = null) where T : class
    {
        var unit = new UnitOfWork();
        unit.Publish(message, messageId);
        (await Services.GetRequiredService<UnitStore>().CommitAsync(unit, Cancellation)).ShouldBeNull();
    }

    /// <summary>The environment of another process of the service, on the same databases, broker and keys.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["ConnectionStrings__Database"] = Database.ServiceConnectionString,
        ["ConnectionStrings__Keys"] = KeysDatabase.ServiceConnectionString,
        ["ConnectionStrings__Broker"] = Broker.Address,
        ["Authentication__DevelopmentKeyFile"] = Path.Combine(_files, "public.pem"),
        ["Sealing__KeyFile"] = SealingKeyFile,
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
    };

    /// <summary>Gives the county a grant for the report, and waits until it has arrived.</summary>
    public async Task GrantAsync(Answer created)
    {
        await PublishAsync(Sample.Granted(created.EncounterId, created.ReportId));
        await EventuallyAsync($"select least(1, count(*)) from grants where report_id = '{created.ReportId}'", 1, "the grant arrives");
    }

    public Task<long> CountAsync(string sql) => CountAsync(Source, sql);

    /// <summary>Waits until something holds.</summary>
    public static Task EventuallyAsync(Func<bool> holds, string what) => EventuallyAsync(_ => Task.FromResult(holds() ? 1L : 0L), "it holds", 1, what);

    /// <summary>The same, in the database of the keys.</summary>
    public async Task<long> CountKeysAsync(string sql)
    {
        await using var keys = KeysSource();
        return await CountAsync(keys, sql);
    }

    /// <summary>The key store's database, for looking into.</summary>
    public NpgsqlDataSource KeysSource() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(KeysDatabase.ConnectionString) { Pooling = false }.ConnectionString);

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the query's number is <paramref name="expected"/>; fails with what it was.</summary>
    public Task EventuallyAsync(string sql, long expected, string what) => EventuallyAsync(CountAsync, sql, expected, what);

    /// <summary>The same, in the database of the keys.</summary>
    public Task EventuallyKeysAsync(string sql, long expected, string what) => EventuallyAsync(CountKeysAsync, sql, expected, what);

    private static async Task EventuallyAsync(Func<string, Task<long>> count, string sql, long expected, string what)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        long last;
        while ((last = await count(sql)) != expected)
        {
            if (DateTime.UtcNow > until)
                Assert.Fail($"{what}: after 30 s `{sql}` is still {last}.");
            await Task.Delay(20, Cancellation);
        }
    }

    /// <summary>The key store is away: its connections end, and new ones are refused until <see cref="AllowKeysAsync"/>.</summary>
    public async Task RefuseKeysAsync()
    {
        await AdministerKeysAsync("alter database {0} with allow_connections false");
        await AdministerKeysAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{0}'");
    }

    public Task AllowKeysAsync() => AdministerKeysAsync("alter database {0} with allow_connections true");

    private async Task AdministerKeysAsync(string sql)
    {
        var name = new NpgsqlConnectionStringBuilder(KeysDatabase.ConnectionString).Database!;
        await using var server = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(KeysDatabase.AdminConnectionString) { Database = "postgres", Pooling = false });
        await using var command = server.CreateCommand(string.Format(CultureInfo.InvariantCulture, sql, name));
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Source.DisposeAsync();
        await Broker.DisposeAsync();
        await KeysDatabase.DisposeAsync();
        await Database.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_files, recursive: true);
    }

    private sealed class MemoryLog(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}

public sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;
    public Guid EncounterId => Json["encounterId"]!.GetValue<Guid>();
    public Guid ReportId => Json["reports"]![0]!["reportId"]!.GetValue<Guid>();
    public JsonElement Element => JsonDocument.Parse(Body).RootElement;

    /// <summary>Pointer (or parameter) and code of every error of a problem.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Json["errors"]?.AsArray().Select(e => $"{e!["pointer"] ?? e["parameter"]} {e["code"]}") ?? []];
}
