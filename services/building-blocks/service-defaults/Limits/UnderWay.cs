using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>How many requests are under way, and whose, over whatever connections and streams. There are as few entries as of <see cref="Rates"/>.</summary>
internal sealed class UnderWay
{
    private readonly ConcurrentDictionary<Allowance, StrongBox<int>> _counts = new();

    /// <summary>One more; false, and nothing is counted, when there are as many already.</summary>
    public bool TryEnter(Allowance whose, int most)
    {
        var count = _counts.GetOrAdd(whose, static _ => new());
        if (Interlocked.Increment(ref count.Value) <= most)
            return true;
        Interlocked.Decrement(ref count.Value);
        return false;
    }

    /// <summary>One that was let in has ended.</summary>
    public void Leave(Allowance whose) => Interlocked.Decrement(ref _counts[whose].Value);
}
