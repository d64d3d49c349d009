using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using SafeHarbor.Local;

namespace SafeHarbor.Fuzz;

/// <summary>
/// The bodies from which others are made, by operation: what the documents show, what an earlier run has kept (<c>tests/fuzz/corpus</c>), and whatever has been answered as nothing before it. That is
/// the guide: what reaches another rule is worth being changed further.
/// </summary>
internal sealed class Pool
{
    private const int Most = 300;
    private const int MostKept = 8;
    private const int LongestKept = 4000;

    private readonly ConcurrentDictionary<string, List<byte[]>> _bodies = new();
    private readonly ConcurrentDictionary<string, byte> _answers = new();
    private readonly string _corpus;
    private readonly bool _keeps;

    public Pool(Checkout checkout, IEnumerable<Door> doors, bool keeps)
    {
        (_corpus, _keeps) = (Path.Combine(checkout.Root, "tests", "fuzz", "corpus"), keeps);
        foreach (var door in doors.Where(d => d.Example is not null))
            _bodies[door.Id] = [door.Example!, .. Kept(door).Select(File.ReadAllBytes)];
    }

    /// <summary>How many different answers there were.</summary>
    public int Answers => _answers.Count;

    /// <summary>What earlier runs have kept of an operation.</summary>
    public IReadOnlyList<byte[]> CorpusOf(Door door) => [.. Kept(door).Select(File.ReadAllBytes)];

    /// <summary>One of an operation's bodies; null when it takes none.</summary>
    public byte[]? Pick(Door door, int which)
    {
        if (!_bodies.TryGetValue(door.Id, out var bodies))
            return null;
        lock (bodies)
            return bodies[which % bodies.Count];
    }

    /// <summary>Keeps a body when its answer is one that there was not before.</summary>
    public void Learn(Attack attack, string answer)
    {
        if (!_answers.TryAdd($"{attack.Door.Id} {answer}", 0) || attack.Body is null || !_bodies.TryGetValue(attack.Door.Id, out var bodies))
            return;
        lock (bodies)
        {
            if (bodies.Count >= Most)
                return;
            bodies.Add(attack.Body);
        }
        if (!_keeps || attack.Body.Length > LongestKept || Kept(attack.Door).Count() >= MostKept)
            return;
        var directory = Directory.CreateDirectory(Path.Combine(_corpus, attack.Door.Id)).FullName;
        File.WriteAllBytes(Path.Combine(directory, Convert.ToHexStringLower(SHA256.HashData(attack.Body).AsSpan(0, 6)).ToString(CultureInfo.InvariantCulture)), attack.Body);
    }

    private IEnumerable<string> Kept(Door door) =>
        Path.Combine(_corpus, door.Id) is var directory && Directory.Exists(directory) ? Directory.GetFiles(directory).Order(StringComparer.Ordinal) : [];
}
