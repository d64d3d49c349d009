using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Servers;

/// <summary>A PostgreSQL instance of this checkout's own, from the programs found on the machine.</summary>
internal static class PrivatePostgres
{
    private const string AdminUser = "safeharbor";
    private const int LongestSocketPath = 107;
    private static readonly string[] NoSync = ["--no-sync"];

    /// <summary>The directory that holds initdb and postgres; null when there is none.</summary>
    public static string? FindPrograms() =>
        Executables.FindAll("initdb").Select(Path.GetDirectoryName)
            .Concat(InstalledVersions("/usr/lib/postgresql", "bin"))
            .Concat(InstalledVersions("/usr", "pgsql-*/bin"))
            .Concat(InstalledVersions("/opt/homebrew/opt", "postgresql@*/bin"))
            .FirstOrDefault(directory => File.Exists(Path.Combine(directory!, "postgres")) && File.Exists(Path.Combine(directory!, "initdb")));

    public static async Task<FoundServer> StartAsync(string programs, ServerHome home, CancellationToken cancellationToken)
    {
        var user = ServiceUser.Choose("postgres", "nobody");
        var directory = await home.CreateDataDirectoryAsync(ServerHome.Postgres, user, cancellationToken);
        var data = Path.Combine(directory, "data");
        var passwordFile = Path.Combine(directory, "password");
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
            await InitializeAsync(programs, user, data, passwordFile, home.Temporary, cancellationToken);

        var port = FreePort.Choose(1)[0];
        var log = Path.Combine(home.Directory, ServerHome.Postgres + ".log");
        var tls = home.Authority is { } authority ? await ProtectAsync(authority, user, directory, cancellationToken) : [];
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = AdminUser,
            Password = await File.ReadAllTextAsync(passwordFile, cancellationToken),
            Database = "postgres",
        };
        if (home.Authority is not null)
            (address.SslMode, address.RootCertificate) = (SslMode.VerifyFull, home.Authority.AuthorityFile);
        var connection = address.ConnectionString;
        var launch = new ServerLaunch(
            "PostgreSQL",
            user.Command([Path.Combine(programs, "postgres"), "-D", data, .. Settings([.. Usual(port, directory), .. tls])]),
            new Dictionary<string, string?>(),
            directory,
            log,
            Signals.Interrupt,
            token => Database.AnswersAsync(connection, token));
        var process = launch.Start();
        var server = new FoundServer
        {
            Connection = connection,
            Origin = $"private instance of {programs}",
            Tls = home.Authority is not null,
            Processes = [process],
            Directories = [directory],
            Launch = launch,
        };
        home.Record(ServerHome.Postgres, server);
        try
        {
            await launch.WaitUntilReadyAsync(process, cancellationToken);
            await Database.CloseOwnAsync(connection, cancellationToken);
            return server;
        }
        catch
        {
            await server.StopAsync(wipe: home.Temporary);
            throw;
        }
    }

    private static async Task InitializeAsync(
        string programs, ServiceUser user, string data, string passwordFile, bool temporary, CancellationToken cancellationToken)
    {
        await user.WriteFileAsync(passwordFile, RandomNumberGenerator.GetHexString(32, lowercase: true), cancellationToken);
        string[] options = ["-U", AdminUser, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8"];
        var locale = OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--no-locale";
        var command = user.Command([Path.Combine(programs, "initdb"), "-D", data, .. options, locale, .. temporary ? NoSync : []]);
        var outcome = await Executables.RunAsync(command, cancellationToken, workingDirectory: Path.GetDirectoryName(data));
        if (!outcome.Succeeded)
            throw new ServersUnavailableException($"initdb failed: {outcome.Everything}");
    }

    /// <summary>Connections with TLS alone, and none by the socket; the server reads copies of its own, because it runs as another user.</summary>
    private static async Task<(string Name, string Value)[]> ProtectAsync(
        DevelopmentAuthority authority, ServiceUser user, string directory, CancellationToken cancellationToken)
    {
        var issued = authority.Server(ServerHome.Postgres);
        var (certificate, key, access) = (Path.Combine(directory, "server.pem"), Path.Combine(directory, "server.key"), Path.Combine(directory, "pg_hba.conf"));
        await user.WriteFileAsync(certificate, await File.ReadAllTextAsync(issued.Certificate, cancellationToken), cancellationToken);
        await user.WriteFileAsync(key, await File.ReadAllTextAsync(issued.Key, cancellationToken), cancellationToken);
        await user.WriteFileAsync(access, "hostssl all all 127.0.0.1/32 scram-sha-256\nhostnossl all all all reject\n", cancellationToken);
        return [("ssl", "on"), ("ssl_cert_file", certificate), ("ssl_key_file", key), ("ssl_min_protocol_version", "TLSv1.2"), ("hba_file", access)];
    }

    private static (string Name, string Value)[] Usual(int port, string directory)
    {
        var socket = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{port}"));
        return
        [
            ("listen_addresses", "127.0.0.1"),
            ("port", port.ToString(CultureInfo.InvariantCulture)),
            ("unix_socket_directories", socket.Length <= LongestSocketPath ? directory : ""),
            // Four services and their tests, each with a pool.
            ("max_connections", "400"),
            ("fsync", "on"),
            ("synchronous_commit", "on"),
        ];
    }

    private static IEnumerable<string> Settings(IEnumerable<(string Name, string Value)> settings) =>
        settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" });

    private static IEnumerable<string> InstalledVersions(string root, string pattern)
    {
        if (!Directory.Exists(root))
            return [];
        var parts = pattern.Split('/');
        var versions = parts.Length == 1
            ? Directory.GetDirectories(root).Select(version => Path.Combine(version, pattern))
            : Directory.GetDirectories(root, parts[0]).Select(version => Path.Combine(version, parts[1]));
        return versions.Where(Directory.Exists).OrderByDescending(VersionOf);
    }

    private static int VersionOf(string path) =>
        int.TryParse(string.Concat(path.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture, out var version) ? version : 0;
}
