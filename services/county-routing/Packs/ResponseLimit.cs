using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Clocks;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A time limit of the responding county: in minutes by the wall clock, or in calendar days of the state's zone. It has one of the two.</summary>
/// <param name="Rule">A code in capitals.</param>
/// <param name="Law">The rule that the limit is from, by its id in the state's law register.</param>
/// <param name="Start">What starts it: <c>OFFICER_CALLED</c>, the officer's call to the county, or the determination of a level of response, such as <c>IMMEDIATE_DETERMINED</c>, <c>TEN_DAYS_DETERMINED</c> or, where
/// a county has levels of its own, <c>FIVE_DAYS_DETERMINED</c>.</param>
/// <param name="WithinMinutes">Minutes from then on.</param>
/// <param name="WithinDays">Until the end of this calendar day after that day.</param>
public sealed record ResponseLimit([MaxLength(PackValidation.LongestText)] string Rule, [MaxLength(PackValidation.LongestText)] string Law, [MaxLength(PackValidation.LongestText)] string Start,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WithinMinutes = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WithinDays = null)
{
    /// <summary>The level of response whose determination starts it; null when something else does.</summary>
    [JsonIgnore]
    public string? Level => ClockStarts.LevelOf(Start);

    /// <summary>How long it is, at least: levels are compared by it.</summary>
    [JsonIgnore]
    public TimeSpan AtLeast => WithinDays is { } days ? TimeSpan.FromDays(days) : TimeSpan.FromMinutes(WithinMinutes ?? 0);

    /// <summary>Until when what starts at an instant is due: counted as a limit of the law register is.</summary>
    public DateTimeOffset DueFrom(DateTimeOffset start, ServiceDefaults.States.State state) =>
        (WithinDays is { } days ? new TimeLimit(LimitUnit.Days, days) : new(LimitUnit.Minutes, WithinMinutes ?? 0)).DueAt(start, state);
}

/// <summary>What starts a clock of the responding county.</summary>
public static class ClockStarts
{
    /// <summary>The officer has called the county's hotline.</summary>
    public const string OfficerCalled = "OFFICER_CALLED";
    private const string Determined = "_DETERMINED";

    /// <summary>The county has determined this level of response.</summary>
    public static string Of(string level) => level + Determined;

    /// <summary>The level of response whose determination it is; null when it is none's.</summary>
    public static string? LevelOf(string? start) =>
        start is not null && start.EndsWith(Determined, StringComparison.Ordinal) && start[..^Determined.Length] is { Length: > 0 } level && level != ResponseLevels.EvaluatedOut ? level : null;
}
