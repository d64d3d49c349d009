using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Passes;

/// <summary>Nothing to do: what the services take all the same.</summary>
internal sealed record Idle(IReadOnlyDictionary<string, Memory> Memory, Usage Usage)
{
    /// <summary>Rests first, because the compiler works on for a while after a start.</summary>
    public static async Task<Idle> WatchAsync(Stage stage, TimeSpan settle, CancellationToken cancellation)
    {
        await Task.Delay(settle, cancellation);
        var before = await stage.SnapshotAsync(cancellation);
        await Task.Delay(settle < LongestWatch ? settle : LongestWatch, cancellation);
        var after = await stage.SnapshotAsync(cancellation);
        return new(stage.Memory(), after.Since(before, 0));
    }

    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(20);
}
