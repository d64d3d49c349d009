using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>Whom a server runs as: servers refuse root, so root starts them as another user of the machine.</summary>
internal sealed class ServiceUser
{
    private readonly string? _name;
    private readonly string[] _prefix;

    private ServiceUser(string? name, string[] prefix) => (_name, _prefix) = (name, prefix);

    /// <param name="candidates">In order of preference; asked only when running as root.</param>
    public static ServiceUser Choose(params string[] candidates)
    {
        if (!Signals.IsRoot)
            return new ServiceUser(null, []);
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToLookup(fields => fields[0]);
        var user = candidates.SelectMany(name => known[name]).FirstOrDefault()
            ?? throw new ServersUnavailableException($"Servers do not run as root, and the machine has none of the users {string.Join(", ", candidates)}: add one with useradd.");
        if (Executables.Find("setpriv") is { } setpriv)
            return new ServiceUser(user[0], [setpriv, "--reuid", user[2], "--regid", user[3], "--init-groups", "--"]);
        if (Executables.Find("runuser") is { } runuser)
            return new ServiceUser(user[0], [runuser, "-u", user[0], "--"]);
        throw new ServersUnavailableException("Servers do not run as root, and neither setpriv nor runuser is there to change the user: install util-linux.");
    }

    public IReadOnlyList<string> Command(params string[] command) => [.. _prefix, .. command];

    public async Task OwnDirectoryAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        if (OperatingSystem.IsWindows())
            return;
        if (_name is not null)
            await Executables.RunAsync([Executables.Find("chown")!, "-R", _name, directory], cancellationToken);
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a file that only this user, and root, may read.</summary>
    public async Task WriteFileAsync(string file, string content, CancellationToken cancellationToken)
    {
        await using (var stream = PrivateFile.Create(file))
        await using (var writer = new StreamWriter(stream))
            await writer.WriteAsync(content.AsMemory(), cancellationToken);
        if (_name is not null)
            await Executables.RunAsync([Executables.Find("chown")!, _name, file], cancellationToken);
    }

    public async Task<bool> MayEnterAsync(string directory, CancellationToken cancellationToken) =>
        _name is null || (await Executables.RunAsync(Command("/bin/sh", "-c", "cd \"$1\"", "sh", directory), cancellationToken, workingDirectory: "/")).Succeeded;
}
