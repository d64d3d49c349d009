using System.ComponentModel.DataAnnotations;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A county is drilled every day, at its own wish. The numbers are ours.</summary>
public sealed record DailyDrill
{
    /// <summary>The shortest drill, in minutes.</summary>
    internal const int Shortest = 1;
    /// <summary>The longest, in minutes.</summary>
    internal const int Longest = 480;
    /// <summary>How long one lasts when nothing is said, in minutes.</summary>
    internal const int Default = 60;

    /// <summary>When it begins, by the clock of the state, as <c>10:00</c>. Published after that hour, the first one begins at once.</summary>
    [Required, RegularExpression(BusinessHours.Form)]
    public string At { get; init; } = "";
    /// <summary>Within what time somebody is to accept it, in minutes.</summary>
    [Range(Shortest, Longest)]
    public int WithinMinutes { get; init; } = Default;

    internal TimeOnly Time => BusinessHours.Time(At);
}
