using System.Globalization;

namespace SafeHarbor.Local.Servers;

/// <summary>What one RabbitMQ node is told by its configuration file and its environment.</summary>
internal sealed record RabbitMqNode(string Name, string Directory, int Amqp, int Management, int Distribution, int PortMapper, bool Tls)
{
    /// <summary>Beside its data: the process that has it.</summary>
    public const string PidFile = "node.pid";

    public string ConfigurationFile => Path.Combine(Directory, "rabbitmq.conf");

    public string PluginsFile => Path.Combine(Directory, "enabled_plugins");

    /// <summary>Empty: it keeps the machine-wide one from being read.</summary>
    public string EnvironmentFile => Path.Combine(Directory, "rabbitmq-env.conf");

    public string CertificateFile => Path.Combine(Directory, "server.pem");

    public string KeyFile => Path.Combine(Directory, "server.key");

    public string Configuration(string user, string password) => (Tls ? ProtectedListeners : PlainListeners) + string.Create(CultureInfo.InvariantCulture, $"""
        default_user = {user}
        default_pass = {password}
        default_user_tags.administrator = true
        default_permissions.configure = .*
        default_permissions.read = .*
        default_permissions.write = .*
        disk_free_limit.absolute = 50MB
        collect_statistics_interval = 30000
        log.file.level = warning

        """);

    private string PlainListeners => string.Create(CultureInfo.InvariantCulture, $"""
        listeners.tcp.1 = 127.0.0.1:{Amqp}
        management.tcp.ip = 127.0.0.1
        management.tcp.port = {Management}

        """);

    private string ProtectedListeners => string.Create(CultureInfo.InvariantCulture, $"""
        listeners.tcp = none
        listeners.ssl.1 = 127.0.0.1:{Amqp}
        ssl_options.certfile = {CertificateFile}
        ssl_options.keyfile = {KeyFile}
        ssl_options.versions.1 = tlsv1.3
        ssl_options.versions.2 = tlsv1.2
        management.ssl.ip = 127.0.0.1
        management.ssl.port = {Management}
        management.ssl.certfile = {CertificateFile}
        management.ssl.keyfile = {KeyFile}
        management.ssl.versions.1 = tlsv1.3
        management.ssl.versions.2 = tlsv1.2

        """);

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["HOME"] = Directory,
        ["ERL_EPMD_PORT"] = PortMapper.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = $"{Name}@localhost",
        // With TLS the configuration file alone says where it listens.
        ["RABBITMQ_NODE_PORT"] = Tls ? null : Amqp.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_NODE_IP_ADDRESS"] = null,
        ["RABBITMQ_DIST_PORT"] = Distribution.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_CONF_ENV_FILE"] = EnvironmentFile,
        ["RABBITMQ_CONFIG_FILE"] = ConfigurationFile,
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(Directory, "advanced.config"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = PluginsFile,
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Directory, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Directory, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(Directory, PidFile),
        // No shell stays between the launcher and the node: the node gets the signals itself.
        ["RABBITMQ_ALLOW_INPUT"] = "1",
        // Schedulers that spin while they wait cost a core for nothing on a developer's machine.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
    };
}
