using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Who has a duty at the county at which hours. What is told of a rung is told by the roster of that moment, not by that of the handoff's opening.</summary>
public sealed record RosterEntry
{
    /// <summary>Which duty.</summary>
    [Required, CodeOf(typeof(Duties))]
    public string Duty { get; init; } = "";
    /// <summary>At which hours.</summary>
    [Required, CodeOf(typeof(RosterHours))]
    public string Hours { get; init; } = "";
    /// <summary>How people call whoever it is: a post, such as "Emergency response, on call". It is shown to the state's desk, so no private name.</summary>
    [Required, MaxLength(100)]
    public string Name { get; init; } = "";
    /// <summary>The number at which that one is reached; null when nobody has given a checked one.</summary>
    public Hotline? Telephone { get; init; }

    /// <summary>Whether it is for this time.</summary>
    public bool IsFor(bool businessHours) => Hours == RosterHours.Always || Hours == (businessHours ? RosterHours.Business : RosterHours.After);
}

/// <summary>At which hours somebody has a duty.</summary>
public static class RosterHours
{
    /// <summary>Day and night.</summary>
    public const string Always = "ALWAYS";
    /// <summary>In the county's business hours.</summary>
    public const string Business = "BUSINESS_HOURS";
    /// <summary>At all others.</summary>
    public const string After = "AFTER_HOURS";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Always, Business, After];
}

/// <summary>When a county's offices are open, by the clock of the state. The default is ours.</summary>
public sealed record BusinessHours
{
    /// <summary>Those that hold when the county names none.</summary>
    public static readonly BusinessHours Default = new();

    /// <summary>On which days of the week.</summary>
    [Required, MinLength(1), MaxLength(7), CodeOf(typeof(Weekdays))]
    public IReadOnlyList<string> Days { get; init; } = [Weekdays.Monday, Weekdays.Tuesday, Weekdays.Wednesday, Weekdays.Thursday, Weekdays.Friday];
    /// <summary>From when, as <c>08:00</c>.</summary>
    [Required, RegularExpression(Form)]
    public string From { get; init; } = "08:00";
    /// <summary>Until when, later on the same day, as <c>17:00</c>.</summary>
    [Required, RegularExpression(Form)]
    public string To { get; init; } = "17:00";
    /// <summary>Days on which they are closed all the same, such as holidays.</summary>
    [MaxLength(PackValidation.MostDays)]
    public IReadOnlyList<DateOnly> ClosedOn { get; init => field = value ?? []; } = [];

    internal const string Form = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

    /// <summary>Whether the offices are open at an instant.</summary>
    public bool Hold(DateTimeOffset instant, State state)
    {
        var local = TimeZoneInfo.ConvertTime(instant, state.TimeZone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return Days.Contains(Weekdays.All[(int)local.DayOfWeek]) && !ClosedOn.Contains(state.DayOf(instant)) && time >= Time(From) && time < Time(To);
    }

    internal static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>The days of the week.</summary>
public static class Weekdays
{
    /// <summary>Sunday.</summary>
    public const string Sunday = "SUNDAY";
    /// <summary>Monday.</summary>
    public const string Monday = "MONDAY";
    /// <summary>Tuesday.</summary>
    public const string Tuesday = "TUESDAY";
    /// <summary>Wednesday.</summary>
    public const string Wednesday = "WEDNESDAY";
    /// <summary>Thursday.</summary>
    public const string Thursday = "THURSDAY";
    /// <summary>Friday.</summary>
    public const string Friday = "FRIDAY";
    /// <summary>Saturday.</summary>
    public const string Saturday = "SATURDAY";

    /// <summary>Every day, in the order of <see cref="DayOfWeek"/>.</summary>
    public static readonly IReadOnlyList<string> All = [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday];
}
