using System.Globalization;
using System.Security.Cryptography;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>A RabbitMQ node of this checkout's own, from the programs found on the machine: own ports, own cookie, own port mapper.</summary>
internal static class PrivateRabbitMq
{
    private const string User = "safeharbor";

    /// <summary>The real server script; null when there is none. Debian's wrapper in /usr/sbin is none: it refuses every other user.</summary>
    public static string? FindProgram() =>
        Executables.FindAll("rabbitmq-server")
            .Concat(["/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/rabbitmq/sbin/rabbitmq-server"])
            .FirstOrDefault(script => File.Exists(script) && !File.ReadAllText(script).Contains("Only root or rabbitmq", StringComparison.Ordinal));

    public static async Task<FoundServer> StartAsync(string program, ServerHome home, CancellationToken cancellationToken)
    {
        var user = ServiceUser.Choose("rabbitmq", "nobody");
        var directory = await home.CreateDataDirectoryAsync(ServerHome.RabbitMq, user, cancellationToken);
        var passwordFile = Path.Combine(directory, "password");
        if (!File.Exists(passwordFile))
            await user.WriteFileAsync(passwordFile, RandomNumberGenerator.GetHexString(32, lowercase: true), cancellationToken);
        var password = await File.ReadAllTextAsync(passwordFile, cancellationToken);

        var ports = FreePort.Choose(4);
        var node = new RabbitMqNode(
            home.Name, directory, Amqp: ports[0], Management: ports[1], Distribution: ports[2], PortMapper: ports[3], Tls: home.Authority is not null);
        if (home.Authority?.Server(ServerHome.RabbitMq) is { } issued)
        {
            // Copies of its own, because the server runs as another user.
            await user.WriteFileAsync(node.CertificateFile, await File.ReadAllTextAsync(issued.Certificate, cancellationToken), cancellationToken);
            await user.WriteFileAsync(node.KeyFile, await File.ReadAllTextAsync(issued.Key, cancellationToken), cancellationToken);
        }

        await user.WriteFileAsync(node.ConfigurationFile, node.Configuration(User, password), cancellationToken);
        await user.WriteFileAsync(node.PluginsFile, $"[{string.Join(',', home.Plugins)}].\n", cancellationToken);
        await user.WriteFileAsync(node.EnvironmentFile, "", cancellationToken);

        var log = Path.Combine(home.Directory, ServerHome.RabbitMq + ".log");
        // Started here and not by the node, so that it is known and can be ended; the node finds it running.
        var portMapper = BackgroundProcess.Start(
            user.Command(PortMapperProgram(), "-port", Text(node.PortMapper), "-address", "127.0.0.1"), node.Environment, directory, log);
        var server = new FoundServer
        {
            Connection = $"amqp{(node.Tls ? "s" : "")}://{User}:{password}@127.0.0.1:{Text(node.Amqp)}",
            Management = $"http{(node.Tls ? "s" : "")}://{User}:{password}@127.0.0.1:{Text(node.Management)}",
            Origin = $"private instance of {program}",
            Tls = node.Tls,
            Processes = [portMapper],
            Directories = [directory],
            Control = new RabbitMqControl(program, user, node),
        };
        var launch = new ServerLaunch(
            "RabbitMQ", user.Command(program), node.Environment, directory, log, Signals.Terminate,
            async token => await VirtualHost.AnswersAsync(server.Management!, token) && await FreePort.AnswersAsync("127.0.0.1", node.Amqp, token));
        home.Record(ServerHome.RabbitMq, server with { Connection = "" });
        try
        {
            await Readiness.WaitAsync("Erlang's port mapper", token => FreePort.AnswersAsync("127.0.0.1", node.PortMapper, token), portMapper, log, cancellationToken);
            var process = launch.Start();
            server = server with { Processes = [portMapper, process], Launch = launch };
            home.Record(ServerHome.RabbitMq, server);
            await launch.WaitUntilReadyAsync(process, cancellationToken);
            return server;
        }
        catch
        {
            await server.StopAsync(wipe: home.Temporary);
            throw;
        }
    }

    private static string PortMapperProgram() =>
        Executables.Find("epmd")
        ?? (Directory.Exists("/usr/lib/erlang") ? Directory.GetFiles("/usr/lib/erlang", "epmd", SearchOption.AllDirectories).FirstOrDefault() : null)
        ?? throw new ServersUnavailableException("rabbitmq-server is there, but Erlang's epmd is not on the PATH: install Erlang (on Debian and Ubuntu: apt-get install rabbitmq-server).");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
