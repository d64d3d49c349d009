using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.TestServers;

namespace SafeHarbor.Journeys.Tests;

/// <summary>The whole system with every connection on TLS: services, PostgreSQL, RabbitMQ and its management, webhooks.</summary>
public sealed class WorldOnTls : World
{
    private protected override Task<ServerPair> ServersAsync(CancellationToken cancellation) => Servers.GetWithTlsAsync(cancellation);
}

/// <summary>The journeys reach their ends with everything on TLS, and nobody who is plain, or believes or shows the wrong certificate, gets in between.</summary>
public sealed class TlsTests(WorldOnTls world) : Journeys(world), IClassFixture<WorldOnTls>
{
    private readonly WorldOnTls _world = world;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_connection_to_the_databases_is_encrypted()
    {
        // The administrator's eyes: roles do not see each other's connections.
        await using var administrator = new NpgsqlConnection((await Servers.GetWithTlsAsync(Cancellation)).Postgres);
        await administrator.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            "select count(*) filter (where not s.ssl), count(*) from pg_stat_ssl s join pg_stat_activity a using (pid) where a.backend_type = 'client backend'", administrator);
        await using var row = await command.ExecuteReaderAsync(Cancellation);
        await row.ReadAsync(Cancellation);

        row.GetInt64(0).ShouldBe(0);
        row.GetInt64(1).ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_service_is_not_reached_without_TLS_nor_by_who_does_not_trust_its_authority()
    {
        using var stranger = new HttpClient();
        foreach (var service in ServiceKind.All.Select(kind => _world.Installation[kind]))
        {
            service.Address.Scheme.ShouldBe("https");
            await Should.ThrowAsync<HttpRequestException>(() => stranger.GetAsync(new UriBuilder(service.Address) { Scheme = "http" }.Uri, Cancellation));
            var refused = await Should.ThrowAsync<HttpRequestException>(() => stranger.GetAsync(service.Address, Cancellation));
            refused.InnerException.ShouldBeOfType<AuthenticationException>();
        }
    }

    [Fact]
    public async Task PostgreSQL_is_not_reached_without_TLS_nor_under_another_authority_or_name()
    {
        var connection = _world.Installation.Databases["intake"];
        using var another = new TestAuthority();

        (await Should.ThrowAsync<PostgresException>(() => OpenAsync(new(connection) { SslMode = SslMode.Disable, RootCertificate = null }))).SqlState.ShouldBe("28000");
        (await Should.ThrowAsync<NpgsqlException>(() => OpenAsync(new(connection) { RootCertificate = another.File }))).InnerException.ShouldBeOfType<AuthenticationException>();
        (await Should.ThrowAsync<NpgsqlException>(() => OpenAsync(new(connection) { Host = "127.0.0.2" }))).ShouldNotBeNull();
        await OpenAsync(new(connection));
    }

    [Fact]
    public async Task RabbitMQ_and_its_management_are_not_reached_without_TLS()
    {
        var servers = await Servers.GetWithTlsAsync(Cancellation);
        var plain = new UriBuilder(_world.Installation.Broker) { Scheme = "amqp" }.Uri;
        using var http = new HttpClient();

        await Should.ThrowAsync<Exception>(() => new ConnectionFactory { Uri = plain, RequestedConnectionTimeout = TimeSpan.FromSeconds(5) }.CreateConnectionAsync(Cancellation));
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new UriBuilder(servers.RabbitMqManagement) { Scheme = "http", UserName = "", Password = "" }.Uri, Cancellation));
    }

    [Theory]
    [InlineData("ConnectionStrings__Broker", "amqp://user:word@127.0.0.1:5672/safeharbor", "amqps://")]
    [InlineData("ConnectionStrings__Database", "Host=127.0.0.1;Username=user;Password=word", "VerifyFull")]
    [InlineData("Kestrel__Endpoints__Plain__Url", "http://127.0.0.1:0", "Kestrel:Endpoints:Https:Url")]
    public async Task A_service_that_is_told_of_a_plain_connection_does_not_start(string setting, string value, string advice)
    {
        await using var service = _world.Installation.Intake.Another($"intake-{Guid.NewGuid():N}", new Dictionary<string, string?> { [setting] = value });

        var refused = await Should.ThrowAsync<ServiceFailedException>(() => service.StartAsync(Cancellation));

        refused.Message.ShouldContain(advice);
        refused.Message.ShouldNotContain("word");
    }

    [Fact]
    public async Task A_service_that_believes_another_authority_tells_the_broker_nothing_and_is_not_ready()
    {
        using var another = new TestAuthority();
        await using var service = _world.Installation.Intake.Another($"intake-{Guid.NewGuid():N}", new Dictionary<string, string?> { ["Tls__AuthorityFile"] = another.File });
        await service.StartAsync(Cancellation);
        using var http = LocalHttp.Client(TimeSpan.FromSeconds(10));

        // Each attempt is refused and written down; the service goes on trying, and says meanwhile what it lacks.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!File.ReadAllText(service.LogFile).Contains("AuthenticationException", StringComparison.Ordinal))
            await Task.Delay(100, limit.Token);
        // Requests are taken all the same, and wait in the outbox.
        var ready = await http.GetAsync(new Uri(service.Address, "/health/ready"), Cancellation);
        for (; !ready.IsSuccessStatusCode; ready = await http.GetAsync(new Uri(service.Address, "/health/ready"), Cancellation))
        {
            ready.Dispose();
            await Task.Delay(100, limit.Token);
        }
        var health = JsonDocument.Parse(await ready.Content.ReadAsStringAsync(Cancellation)).RootElement;
        ready.Dispose();

        health.GetProperty("checks").GetProperty("broker").GetString().ShouldNotBe("Healthy");
    }

    [Fact]
    public async Task A_webhook_goes_neither_without_TLS_nor_to_who_shows_another_authority_s_certificate()
    {
        const string county = "county:06001";
        using var another = new TestAuthority();
        await using var impostor = await ListenAsync(another);
        var endpoints = _world.Installation.Notification;

        var plain = await _world.Api.PostAsync(endpoints, county, "/v1/endpoints", new { url = "http://127.0.0.1:9/hook" }, Cancellation);
        var registered = await _world.Api.PostAsync(endpoints, county, "/v1/endpoints", new { url = $"{impostor.Urls.Single()}/hook" }, Cancellation);
        var tested = await _world.Api.PostAsync(endpoints, county, $"/v1/endpoints/{registered.Body.GetProperty("endpointId").GetString()}/test", new { }, Cancellation);

        plain.Status.ShouldBe(HttpStatusCode.BadRequest);
        plain.Body.GetRawText().ShouldContain("not-https");
        tested.Body.GetProperty("error").GetString().ShouldBe("TLS");
    }

    private static async Task OpenAsync(NpgsqlConnectionStringBuilder connection)
    {
        await using var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false }.ConnectionString);
        await opened.OpenAsync(Cancellation);
    }

    private static async Task<WebApplication> ListenAsync(TestAuthority authority)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(authority.Authority.Server("impostor"));
        var app = builder.Build();
        app.MapPost("/hook", () => Results.NoContent());
        await app.StartAsync(Cancellation);
        return app;
    }
}
