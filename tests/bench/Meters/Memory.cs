using System.Globalization;

namespace SafeHarbor.Bench.Meters;

/// <summary>A process's memory in MB: all that is mapped, and its own share, in which a page that several share counts once.</summary>
internal sealed record Memory(double Resident, double OwnShare)
{
    public static Memory Of(int pid)
    {
        var lines = File.ReadAllLines($"/proc/{pid}/smaps_rollup");
        double Megabytes(string what) => lines.Where(line => line.StartsWith(what + ":", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();
        return new(Megabytes("Rss"), Megabytes("Pss"));
    }
}
