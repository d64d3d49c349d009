using System.Globalization;

namespace SafeHarbor.Bench.Meters;

/// <summary>What the kernel has on its account of a process and all below it (Linux).</summary>
internal static class ProcessTree
{
    private const double TicksPerSecond = 100;

    /// <summary>Processor time so far, that of children which have ended included.</summary>
    public static double Milliseconds(IEnumerable<int> roots)
    {
        var all = ReadAll();
        var children = all.ToLookup(process => process.Value.Parent, process => process.Key);
        var (ticks, open) = (0L, new Stack<int>(roots));
        while (open.TryPop(out var pid))
        {
            ticks += all.TryGetValue(pid, out var process) ? process.Ticks : 0;
            foreach (var child in children[pid])
                open.Push(child);
        }
        return ticks * 1000 / TicksPerSecond;
    }

    /// <summary>Processor time of the whole machine so far that was not idle.</summary>
    public static double MachineMilliseconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Number).ToArray();
        // user, nice, system, irq, softirq; idle and waiting for disks are not work.
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6]) * 1000 / TicksPerSecond;
    }

    private static Dictionary<int, (int Parent, long Ticks)> ReadAll()
    {
        var all = new Dictionary<int, (int, long)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && TryRead(pid) is { } process)
                all[pid] = process;
        return all;
    }

    private static (int, long)? TryRead(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return ((int)Number(fields[1]), fields[11..15].Sum(Number));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
