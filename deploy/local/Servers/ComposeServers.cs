using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>Servers of a Docker engine, by the definitions in docker-compose.yml and on ports that the engine chooses.</summary>
internal static class ComposeServers
{
    // Bound to the loopback address and fixed in docker-compose.yml; nobody else's data is behind it.
    private const string Credentials = "safeharbor:development";

    /// <returns>The servers asked for, or null when no engine answers or it cannot get the images.</returns>
    public static async Task<IReadOnlyDictionary<string, FoundServer>?> StartAsync(
        IReadOnlyList<string> services, ServerHome home, Action<string> say, CancellationToken cancellationToken)
    {
        if (services.Count == 0 || !File.Exists(home.ComposeFile) || await FindComposeAsync(cancellationToken) is not { } compose)
            return null;
        string[] project = [.. compose, "-p", home.Name, "-f", home.ComposeFile];
        string[] down = [.. project, "down"];
        // Recorded first: the engine may have started one when it says that it cannot start the other.
        foreach (var service in services)
            home.Record(service, new FoundServer { Connection = "", Origin = "Docker engine", ComposeDown = down });
        var started = await Executables.RunAsync([.. project, "up", "-d", "--no-build", .. services], cancellationToken, TimeSpan.FromMinutes(5));
        if (!started.Succeeded)
        {
            say($"A Docker engine answers but cannot start {string.Join(" and ", services)}: {started.Everything.Split('\n')[^1]}");
            await Executables.RunAsync(down, CancellationToken.None);
            foreach (var service in services)
                File.Delete(home.RecordOf(service));
            return null;
        }

        try
        {
            var found = new Dictionary<string, FoundServer>();
            foreach (var service in services)
            {
                found[service] = service == ServerHome.Postgres
                    ? await PostgresAsync(project, down, cancellationToken)
                    : await RabbitMqAsync(project, down, cancellationToken);
                found[service].Write(home.RecordOf(service));
            }

            return found;
        }
        catch
        {
            await Executables.RunAsync(down, CancellationToken.None);
            throw;
        }
    }

    private static async Task<FoundServer> PostgresAsync(string[] project, string[] down, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(project, ServerHome.Postgres, "5432", cancellationToken);
        var (user, password) = (Credentials.Split(':')[0], Credentials.Split(':')[1]);
        var connection = $"Host={address.Split(':')[0]};Port={address.Split(':')[1]};Username={user};Password={password};Database=postgres";
        await Readiness.WaitAsync("PostgreSQL", token => Database.AnswersAsync(connection, token), null, null, cancellationToken);
        return new FoundServer { Connection = connection, Origin = "Docker engine", ComposeDown = down };
    }

    private static async Task<FoundServer> RabbitMqAsync(string[] project, string[] down, CancellationToken cancellationToken)
    {
        var management = $"http://{Credentials}@{await AddressAsync(project, ServerHome.RabbitMq, "15672", cancellationToken)}";
        await Readiness.WaitAsync("RabbitMQ", token => VirtualHost.AnswersAsync(management, token), null, null, cancellationToken);
        var broker = $"amqp://{Credentials}@{await AddressAsync(project, ServerHome.RabbitMq, "5672", cancellationToken)}";
        return new FoundServer { Connection = broker, Management = management, Origin = "Docker engine", ComposeDown = down };
    }

    private static async Task<string> AddressAsync(string[] project, string service, string port, CancellationToken cancellationToken)
    {
        var outcome = await Executables.RunAsync([.. project, "port", service, port], cancellationToken);
        return outcome.Succeeded && outcome.Output.Length > 0
            ? outcome.Output.Split('\n')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            : throw new ServersUnavailableException($"The Docker engine started {service} without its port {port}: {outcome.Everything}");
    }

    /// <summary>Compose, of the engine's client or on its own, when an engine answers.</summary>
    private static async Task<string[]?> FindComposeAsync(CancellationToken cancellationToken)
    {
        if (Executables.Find("docker") is not { } docker
            || !(await Executables.RunAsync([docker, "version", "--format", "{{.Server.Version}}"], cancellationToken, TimeSpan.FromSeconds(5))).Succeeded)
            return null;
        if ((await Executables.RunAsync([docker, "compose", "version"], cancellationToken, TimeSpan.FromSeconds(10))).Succeeded)
            return [docker, "compose"];
        return Executables.Find("docker-compose") is { } standalone ? [standalone] : null;
    }
}
