using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Servers;

/// <summary>Where a pair of servers keeps its data and its record, and how long it lives.</summary>
/// <param name="Directory">Below the checkout's <c>.local</c>.</param>
/// <param name="Name">Unique on this machine.</param>
/// <param name="Temporary">Ends, with its data, together with the process that started it.</param>
/// <param name="ComposeFile">The definitions that a Docker engine starts the servers by.</param>
public sealed record ServerHome(string Directory, string Name, bool Temporary, string ComposeFile)
{
    internal const string Postgres = "postgres";
    internal const string RabbitMq = "rabbitmq";

    /// <summary>The checkout's own servers, which stay until <c>down</c>.</summary>
    public static ServerHome OfCheckout(Checkout checkout) =>
        At(checkout, "servers", $"safeharbor-{checkout.Id}", temporary: false);

    /// <summary>Servers for one run of tests, which is the running program.</summary>
    public static ServerHome ForTests(Checkout checkout)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        var home = At(checkout, $"test-{run}", $"safeharbor-test-{run}", temporary: true);
        RunOwner.Mark(home.Directory);
        File.WriteAllText(home.EndFile, "");
        return home with { Lifeline = Lifeline.Start([$"sh {FoundServer.Quoted(home.EndFile)}", FoundServer.RemoveCommand(home.Directory)]) };
    }

    /// <summary>Homes of test runs that were killed before they could stop their servers.</summary>
    internal static IEnumerable<ServerHome> Abandoned(Checkout checkout) =>
        from directory in System.IO.Directory.GetDirectories(checkout.LocalDirectory, "test-*")
        where RunOwner.HasEnded(directory)
        select new ServerHome(directory, "safeharbor-" + Path.GetFileName(directory), Temporary: true, ComposeFileOf(checkout));

    /// <summary>Keeps the record of what was started, and has it ended with the program when it is temporary.</summary>
    internal void Record(string server, FoundServer started)
    {
        lock (Writing)
        {
            started.Write(RecordOf(server));
            // Of both servers anew: one that was started again has another process id.
            if (Lifeline is not null)
                File.WriteAllLines(EndFile, new[] { Postgres, RabbitMq }.Select(RecordOf).Select(FoundServer.Read).OfType<FoundServer>().Select(known => known.EndCommand()));
        }
    }

    /// <summary>What the record says of a server; when somebody has started it again by hand, as it runs now, which is then recorded. Null when nothing was started.</summary>
    internal async Task<FoundServer?> KnownAsync(string server, CancellationToken cancellationToken)
    {
        if (FoundServer.Read(RecordOf(server)) is not { } recorded)
            return null;
        if (await StartedByHand.FindAsync(server, recorded, cancellationToken) is not { } running)
            return recorded;
        Record(server, running);
        return running;
    }

    private static readonly Lock Writing = new();

    internal Lifeline? Lifeline { get; init; }

    /// <summary>What RabbitMQ is started with, beside itself.</summary>
    internal IReadOnlyList<string> Plugins { get; init; } = ["rabbitmq_management"];

    /// <summary>Has the servers' certificates, and they take no plain connection; null for servers without TLS.</summary>
    public DevelopmentAuthority? Authority { get; init; }

    private string EndFile => Path.Combine(Directory, "end.sh");

    /// <summary>Where a server's record is kept.</summary>
    internal string RecordOf(string server) => Path.Combine(Directory, server + ".json");

    /// <summary>Makes the directory of one server and gives it to the user that the server runs as.</summary>
    /// <remarks>When that user may not enter the checkout (it is below a private home directory), a directory for temporary files stands in.</remarks>
    internal async Task<string> CreateDataDirectoryAsync(string server, ServiceUser user, CancellationToken cancellationToken)
    {
        var inside = Path.Combine(Directory, server);
        await user.OwnDirectoryAsync(inside, cancellationToken);
        if (await user.MayEnterAsync(inside, cancellationToken))
            return inside;

        var outside = OutsideDirectoryOf(server);
        await user.OwnDirectoryAsync(outside, cancellationToken);
        return outside;
    }

    // Of a random name that nobody can prepare in advance, and noted, so that the next start finds the data again.
    private string OutsideDirectoryOf(string server)
    {
        var note = Path.Combine(Directory, server + ".directory");
        if (!File.Exists(note))
            File.WriteAllText(note, System.IO.Directory.CreateTempSubdirectory("safeharbor-").FullName);
        return File.ReadAllText(note);
    }

    private static ServerHome At(Checkout checkout, string directory, string name, bool temporary)
    {
        checkout.CreateLocalDirectory();
        return new ServerHome(
            System.IO.Directory.CreateDirectory(Path.Combine(checkout.LocalDirectory, directory)).FullName,
            name,
            temporary,
            ComposeFileOf(checkout));
    }

    private static string ComposeFileOf(Checkout checkout) => Path.Combine(checkout.Root, "docker-compose.yml");
}
