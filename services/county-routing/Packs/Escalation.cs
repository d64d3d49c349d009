using System.ComponentModel.DataAnnotations;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A ladder that waiting climbs. It has no end: the last rung is told again until somebody acknowledges, or accepts.</summary>
public sealed record Escalation
{
    /// <summary>The rungs, from the first to be told.</summary>
    [Required, MinLength(1)]
    public IReadOnlyList<Rung> Rungs { get; init; } = [];
    /// <summary>How often the last rung is told again, in minutes.</summary>
    [Range(1, 1440)]
    public int RepeatLastEveryMinutes { get; init; } = 15;

    /// <summary>The <paramref name="number"/>th step from 1: a rung, or the last one again; minutes count from when that was due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public Rung Step(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var last = Rungs[^1];
        return number <= Rungs.Count ? Rungs[number - 1] : last with { AfterMinutes = last.AfterMinutes + (number - Rungs.Count) * RepeatLastEveryMinutes };
    }
}

/// <summary>One organization to tell.</summary>
/// <param name="AfterMinutes">Minutes after the acknowledgment, or the acceptance, was due.</param>
/// <param name="Organization">For example <c>county:06037</c> or the state's.</param>
public sealed record Rung(int AfterMinutes, Organization Organization);
