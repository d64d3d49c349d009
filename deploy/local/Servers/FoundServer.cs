using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary>A server that answers, how to reach it, and what to end when it is no longer needed. Kept as a file beside the server's data.</summary>
internal sealed record FoundServer
{
    /// <summary>Empty while it is being started.</summary>
    public required string Connection { get; init; }

    /// <summary>RabbitMQ's management address with credentials.</summary>
    public string? Management { get; init; }

    /// <summary>For people: where it comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>Given by the environment: shared with others and never ended here.</summary>
    public bool Given { get; init; }

    /// <summary>Takes connections with TLS alone.</summary>
    public bool Tls { get; init; }

    /// <summary>In the order they were started.</summary>
    public IReadOnlyList<RecordedProcess> Processes { get; init; } = [];

    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>Program and arguments that end a Docker engine's instance; <c>--volumes</c> is added to wipe it.</summary>
    public IReadOnlyList<string> ComposeDown { get; init; } = [];

    /// <summary>How its own process was started; known only to the program that did so.</summary>
    [JsonIgnore]
    public ServerLaunch? Launch { get; init; }

    /// <summary>Commands to a RabbitMQ node; known only to the program that started it.</summary>
    [JsonIgnore]
    public RabbitMqControl? Control { get; init; }

    /// <summary>Its processes are still the recorded ones. Of a Docker engine's instance only the engine knows.</summary>
    [JsonIgnore]
    public bool IsRunning => Connection.Length > 0 && Processes.Count > 0 && Processes.All(process => process.IsRunning);

    /// <summary>Nothing speaks against it.</summary>
    [JsonIgnore]
    public bool MayRun => Given || IsRunning || (ComposeDown.Count > 0 && Connection.Length > 0);

    public async Task StopAsync(bool wipe)
    {
        foreach (var process in Processes.Reverse())
        {
            // Whose data goes away needs no time to write it.
            if (wipe)
                process.Send(process.StopSignal == Signals.Interrupt ? Signals.Quit : Signals.Kill);
            await process.StopAsync(TimeSpan.FromSeconds(30));
        }

        if (ComposeDown.Count > 0)
            await Executables.RunAsync(wipe ? [.. ComposeDown, "--volumes"] : ComposeDown, CancellationToken.None);
        if (wipe)
            foreach (var directory in Directories.Where(Directory.Exists))
                Directory.Delete(directory, recursive: true);
    }

    /// <summary>The same end with its data, for a shell that outlives this program.</summary>
    public string EndCommand()
    {
        IEnumerable<string> commands =
        [
            .. Processes.Reverse().Select(process => $"kill -{(process.StopSignal == Signals.Interrupt ? Signals.Quit : Signals.Kill)} {process.Pid}"),
            .. Directories.Select(directory => RemoveCommand(directory)),
        ];
        return string.Join("; ", commands);
    }

    // A server that is just ending may still write a last file into a directory that is being emptied.
    internal static string RemoveCommand(string directory) =>
        $"for attempt in 1 2 3 4 5 6 7 8 9; do rm -rf {Quoted(directory)} && break; sleep 0.2; done";

    public void Write(string file)
    {
        using var stream = PrivateFile.Create(file);
        JsonSerializer.Serialize(stream, this, Readable);
    }

    public static FoundServer? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<FoundServer>(File.ReadAllText(file)) : null;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    internal static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
