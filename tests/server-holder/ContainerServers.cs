using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Microsoft.Extensions.Logging.Abstractions;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace SafeHarbor.ServerHolder;

/// <summary>Servers of a Docker engine, by Testcontainers: the images of docker-compose.yml, on ports that the engine chooses.</summary>
internal sealed partial class ContainerServers : IAsyncDisposable
{
    private const string User = "safeharbor";
    private const int Management = 15672;
    private static readonly Version Spoken = new(1, 44);

    // Ports are published to whoever reaches this machine.
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly PostgreSqlContainer _postgres;
    private readonly RabbitMqContainer _rabbitMq;
    private readonly Lifeline? _lifeline;

    private ContainerServers(string docker, string postgres, string rabbitMq)
    {
        var name = $"safeharbor-test-{Guid.NewGuid():N}";
        Origin = $"PostgreSQL: Testcontainers, {postgres}; RabbitMQ: Testcontainers, {rabbitMq}";
        _lifeline = Lifeline.Start([$"'{docker}' rm --force --volumes {name}-postgres {name}-rabbitmq"]);
        _postgres = new PostgreSqlBuilder(postgres).WithLogger(NullLogger.Instance).WithName($"{name}-postgres").WithDatabase("postgres").WithUsername(User).WithPassword(_password)
            // Every test's pools; and on the disk as in production, which Testcontainers' own settings switch off.
            .WithCommand("-c", "max_connections=400", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on")
            .Build();
        _rabbitMq = new RabbitMqBuilder(rabbitMq).WithLogger(NullLogger.Instance).WithName($"{name}-rabbitmq").WithUsername(User).WithPassword(_password)
            .WithPortBinding(Management, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(
                request => request.ForPort(Management).ForPath("/api/overview").WithBasicAuthentication(User, _password)))
            .Build();
    }

    /// <summary>Where they come from, for people.</summary>
    public string Origin { get; }

    /// <returns>The servers; null when the environment names some, no engine answers, or it cannot get the images.</returns>
    public static async Task<ContainerServers?> StartAsync(Checkout checkout, Action<string> say, CancellationToken cancellation)
    {
        if (GivenByEnvironment.Any || Executables.Find("docker") is not { } docker || await EngineAsync(docker, cancellation) is not { } engine)
            return null;
        // Testcontainers speaks one version of the protocol and asks no engine for its own.
        if (engine < Spoken && Environment.GetEnvironmentVariable("DOCKER_API_VERSION") is null)
            Environment.SetEnvironmentVariable("DOCKER_API_VERSION", engine.ToString());
        // A lifeline ends the containers, as it ends every other server; the reaper's image would be one more that must be had.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var compose = await File.ReadAllTextAsync(Path.Combine(checkout.Root, "docker-compose.yml"), cancellation);
        var images = Image().Matches(compose).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var servers = new ContainerServers(docker, images["postgres"], images["rabbitmq"]);
        try
        {
            await Task.WhenAll(servers._postgres.StartAsync(cancellation), servers._rabbitMq.StartAsync(cancellation));
            return servers;
        }
        catch (Exception refused)
        {
            await servers.DisposeAsync();
            if (refused is not (DockerApiException or DockerUnavailableException))
                throw;
            say($"A Docker engine answers but cannot start PostgreSQL and RabbitMQ: {refused.Message.Split('\n')[0]}");
            return null;
        }
    }

    /// <summary>The variables by which another program is given these servers.</summary>
    public IReadOnlyDictionary<string, string> AsEnvironment() => GivenByEnvironment.Of(
        _postgres.GetConnectionString(),
        $"amqp://{User}:{_password}@{_rabbitMq.Hostname}:{_rabbitMq.GetMappedPublicPort(RabbitMqBuilder.RabbitMqPort)}",
        $"http://{User}:{_password}@{_rabbitMq.Hostname}:{_rabbitMq.GetMappedPublicPort(Management)}");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_postgres.DisposeAsync().AsTask(), _rabbitMq.DisposeAsync().AsTask());
        _lifeline?.Dispose();
    }

    private static async Task<Version?> EngineAsync(string docker, CancellationToken cancellation)
    {
        var answer = await Executables.RunAsync([docker, "version", "--format", "{{.Server.APIVersion}}"], cancellation, TimeSpan.FromSeconds(5));
        return answer.Succeeded && Version.TryParse(answer.Output, out var version) ? version : null;
    }

    [GeneratedRegex("""^  (postgres|rabbitmq):\n    image: (\S+)$""", RegexOptions.Multiline)]
    private static partial Regex Image();
}
