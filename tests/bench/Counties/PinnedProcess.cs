using System.Globalization;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.Counties;

/// <summary>A process that has only some of the machine's cores, until it is disposed (Linux).</summary>
internal sealed class PinnedProcess : IAsyncDisposable
{
    private const string Allowed = "Cpus_allowed_list:";

    private readonly int _pid;
    private readonly string _before;

    private PinnedProcess(int pid, string before) => (_pid, _before) = (pid, before);

    /// <summary>The cores that this process may use, in the kernel's order.</summary>
    public static IReadOnlyList<int> Cores { get; } = [.. AllowedTo("self").Split(',').Select(range => range.Split('-')).SelectMany(ends => Range(Number(ends[0]), Number(ends[^1])))];

    /// <summary>Leaves all threads of a process these cores.</summary>
    public static async Task<PinnedProcess> PinAsync(int pid, IEnumerable<int> cores, CancellationToken cancellation)
    {
        var before = AllowedTo(pid.ToString(CultureInfo.InvariantCulture));
        await SetAsync(pid, string.Join(',', cores), cancellation);
        return new(pid, before);
    }

    public async ValueTask DisposeAsync() => await SetAsync(_pid, _before, CancellationToken.None);

    private static async Task SetAsync(int pid, string cores, CancellationToken cancellation)
    {
        var outcome = await Executables.RunAsync(["taskset", "-acp", cores, pid.ToString(CultureInfo.InvariantCulture)], cancellation);
        if (!outcome.Succeeded)
            throw new InvalidOperationException($"taskset did not give {pid} the cores {cores}: {outcome.Everything}");
    }

    private static string AllowedTo(string process) => File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith(Allowed, StringComparison.Ordinal))[Allowed.Length..].Trim();

    private static IEnumerable<int> Range(int first, int last) => Enumerable.Range(first, last - first + 1);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
