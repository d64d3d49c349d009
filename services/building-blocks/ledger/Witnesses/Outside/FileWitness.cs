using System.Text;
using System.Text.Json;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>
/// Appends each checkpoint as a line of JSON to a file, on a volume that whoever has the database does not have: another machine's, one that is written once. The line is on the disk before
/// it counts.
/// </summary>
internal sealed class FileWitness(string file, TimeSpan every) : IOutsideWitness
{
    public string Name => "file";

    public TimeSpan Every => every;

    public async Task KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellation)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(checkpoint, JsonSerializerOptions.Web) + "\n");
        // Nobody else writes meanwhile: another instance of the service comes again.
        await using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        await stream.WriteAsync(line, cancellation);
        stream.Flush(flushToDisk: true);
    }
}
