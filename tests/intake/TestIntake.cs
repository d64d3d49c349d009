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
using SafeHarbor.Intake.Storage;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>The whole service in this process over its own database and virtual host, with its log kept in memory.</summary>
public sealed class TestIntake : IAsyncDisposable
{
    public const string Agency = "CA0190000";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _files = Directory.CreateTempSubdirectory("intake-test").FullName;
    private WebApplication _app = null!;
    private HttpClient _http = null!;

    public TestDatabase Database { get; private set; } = null!;
    public TestBroker Broker { get; private set; } = null!;
    public ConcurrentQueue<string> Log { get; } = [];
    /// <summary>The database for looking into, as its owner.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;
    public IServiceProvider Services => _app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TestIntake> StartAsync(params (string Key, string Value)[] settings)
    {
        var intake = new TestIntake
        {
            Database = await TestDatabase.CreateAsync(Cancellation),
            Broker = await TestBroker.CreateAsync(Cancellation),
        };
        await intake.RunAsync(settings);
        return intake;
    }

    private async Task RunAsync((string Key, string Value)[] settings)
    {
        var (publicKey, sealing) = (Path.Combine(_files, "public.pem"), Path.Combine(_files, "sealing.key"));
        await File.WriteAllTextAsync(publicKey, _key.ExportSubjectPublicKeyInfoPem(), Cancellation);
        await File.WriteAllTextAsync(sealing, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancellation);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "SafeHarbor.Intake" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Database"] = Database.ServiceConnectionString,
            ["ConnectionStrings:Owner"] = Database.ConnectionString,
            ["ConnectionStrings:BrokerOwner"] = Broker.Address,
            ["ConnectionStrings:Broker"] = Broker.Address,
            ["Authentication:DevelopmentKeyFile"] = publicKey,
            ["Sealing:KeyFile"] = sealing,
            ["urls"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:SafeHarbor"] = "Debug",
            ["Logging:Console:LogLevel:Default"] = "None",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        Source = NpgsqlDataSource.Create(Database.ConnectionString);
        _app = Program.Build(builder);
        _app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new MemoryLog(Log));
        await _app.MigrateWhenAskedAsync<IntakeDb>(["migrate"]);
        await _app.StartAsync(Cancellation);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public string Token(string organisation, string scopes) => new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
        "safeharbor-development", "safeharbor",
        [new Claim("sub", $"tester of {organisation}"), new Claim("org", organisation), new Claim("scope", scopes)],
        expires: DateTime.UtcNow.AddMinutes(10),
        signingCredentials: new SigningCredentials(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256)));

    /// <summary>Sends a request and returns the answer read to its end.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string organisation = $"le:{Agency}",
        string scopes = "encounters.write encounters.read", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(organisation, scopes));
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, Cancellation);
        var content = await response.Content.ReadAsStringAsync(Cancellation);
        var all = response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, content, all);
    }

    public Task<Answer> PostAsync(object? body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/v1/encounters", body, headers: headers);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Publishes as another service would.</summary>
    public async Task PublishAsync<T>(T message, Guid? messageId = null) where T : class
    {
        var unit = new UnitOfWork();
        unit.Publish(message, messageId);
        (await Services.GetRequiredService<Store>().CommitAsync(unit, Cancellation)).ShouldBeNull();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the query's number is <paramref name="expected"/>; fails with what it was.</summary>
    public async Task EventuallyAsync(string sql, long expected, string what)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        long last;
        while ((last = await CountAsync(sql)) != expected)
        {
            if (DateTime.UtcNow > until)
                Assert.Fail($"{what}: after 30 s `{sql}` is still {last}.");
            await Task.Delay(20, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Source.DisposeAsync();
        await Broker.DisposeAsync();
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
