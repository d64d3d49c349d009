using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A ladder that waiting climbs. It has no end: the last rung is told again until somebody acknowledges, or accepts.</summary>
public sealed record Escalation
{
    /// <summary>The rungs, from the first to be told.</summary>
    [Required, MinLength(1), MaxLength(PackValidation.MostEntries)]
    public IReadOnlyList<Rung> Rungs { get; init; } = [];
    /// <summary>How often the last rung is told again, in minutes.</summary>
    [Range(1, 1440)]
    public int RepeatLastEveryMinutes { get; init; } = 15;

    /// <summary>The same, whose first rung tells <paramref name="organization"/> as such at once.</summary>
    public Escalation From(Organization organization) => Rungs[0] is { Duty: null } first && first.Organization == organization ? this
        : this with { Rungs = [new(0, organization), .. Rungs.Where(rung => rung.Organization != organization || rung.Duty is not null)] };

    /// <summary>The <paramref name="number"/>th step from 1: a rung, or the last one again; minutes count from when that was due.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public Rung Step(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var last = Rungs[^1];
        return number <= Rungs.Count ? Rungs[number - 1] : last with { AfterMinutes = last.AfterMinutes + (number - Rungs.Count) * RepeatLastEveryMinutes };
    }
}

/// <summary>One organization to tell, or one person there.</summary>
/// <param name="AfterMinutes">Minutes after what is waited for was due.</param>
/// <param name="Organization">For example <c>county:06037</c>, a backup county or the state's.</param>
/// <param name="Duty">Whom there: whoever has this duty by the roster of the county at that moment; null for the organization as such.</param>
public sealed record Rung(int AfterMinutes, Organization Organization,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), CodeOf(typeof(Duties))] string? Duty = null);
