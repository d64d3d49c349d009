using System.Globalization;
using Npgsql;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>
/// Servers of their own that somebody has started again by hand at the same data (<c>pg_ctl</c>, <c>rabbitmq-server</c>): the record names processes that are gone. What answers
/// with the password that was made up for it, from that data, is that server; its process id is in the file that it keeps beside its data.
/// </summary>
internal static class StartedByHand
{
    /// <summary>The server as it runs now; null when it does not.</summary>
    /// <param name="server"><see cref="ServerHome.Postgres"/> or <see cref="ServerHome.RabbitMq"/>.</param>
    /// <param name="recorded">What the record says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<FoundServer?> FindAsync(string server, FoundServer recorded, CancellationToken cancellationToken)
    {
        if (recorded is not { Given: false, IsRunning: false, Connection.Length: > 0, Directories: [var directory] })
            return null;
        try
        {
            return server == ServerHome.Postgres
                ? await FindPostgresAsync(recorded, Path.Combine(directory, "data"), cancellationToken)
                : await FindRabbitMqAsync(recorded, directory, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or NpgsqlException)
        {
            return null;
        }
    }

    // The lock file of the data: process, data, start, port, sockets, addresses.
    private static async Task<FoundServer?> FindPostgresAsync(FoundServer recorded, string data, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(data, "postmaster.pid")) || await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"), cancellationToken) is not [var pid, _, _, var port, ..])
            return null;
        var address = new NpgsqlConnectionStringBuilder(recorded.Connection) { Port = int.Parse(port, CultureInfo.InvariantCulture) };
        // What answers there must be this data's: a file that was left behind names anybody's port.
        return await Database.DirectoryAsync(address.ConnectionString, cancellationToken) is { } answers && Path.GetFullPath(answers) == Path.GetFullPath(data)
            ? recorded with { Connection = address.ConnectionString, Processes = [RecordedProcess.Of(int.Parse(pid, CultureInfo.InvariantCulture), Signals.Interrupt)] }
            : null;
    }

    private static async Task<FoundServer?> FindRabbitMqAsync(FoundServer recorded, string directory, CancellationToken cancellationToken)
    {
        if (recorded.Management is not { } management || !await VirtualHost.AnswersAsync(management, cancellationToken))
            return null;
        var file = Path.Combine(directory, RabbitMqNode.PidFile);
        var node = File.Exists(file) ? RecordedProcess.Of(int.Parse((await File.ReadAllTextAsync(file, cancellationToken)).Trim(), CultureInfo.InvariantCulture)) : null;
        return node is { IsRunning: true } ? recorded with { Processes = [.. recorded.Processes.Where(process => process.IsRunning), node] } : null;
    }
}
