using System.Globalization;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Clocks;

/// <summary>In what a limit is counted.</summary>
public enum LimitUnit
{
    /// <summary>Minutes by the wall clock: time that has really passed, also over a change to or from daylight saving time.</summary>
    Minutes,
    /// <summary>Calendar days of the state, whole ones: until the midnight that ends the last.</summary>
    Days,
    /// <summary>Days on which the state's courts sit (judicial days), whole ones: until the midnight that ends the last.</summary>
    CourtDays,
    /// <summary>Hours of such days: the clock stands still on every other day, from midnight to midnight.</summary>
    CourtHours,
}

/// <summary>How long something may take, as a rule or a county's pack says it.</summary>
/// <param name="Unit">In what it is counted.</param>
/// <param name="Amount">How many, 1 or more.</param>
public sealed record TimeLimit(LimitUnit Unit, int Amount)
{
    /// <summary>
    /// Until when what starts at an instant is due, never before it. The day on which it starts is not counted; of hours and minutes every one is. Days end at midnight, civil time of the state.
    /// Calendar days are not prolonged when the last is a holiday, though CCP 12 may: what we say is due is never later than the law's.
    /// </summary>
    public DateTimeOffset DueAt(DateTimeOffset startedAt, State state) => Unit switch
    {
        LimitUnit.Minutes => startedAt.AddMinutes(Amount),
        LimitUnit.Days => state.StartOf(state.DayOf(startedAt).AddDays(Amount + 1)),
        LimitUnit.CourtDays => state.StartOf(state.Courts.AddCourtDays(state.DayOf(startedAt), Amount).AddDays(1)),
        _ => AfterCourtHours(startedAt, state),
    };

    /// <summary>For people: "36 hours", "1 court day".</summary>
    public override string ToString() => Unit switch
    {
        LimitUnit.Minutes when Amount % (24 * 60) == 0 && Amount > 10 * 24 * 60 => $"{Amount / (24 * 60)} times 24 hours",
        LimitUnit.Minutes when Amount % 60 == 0 => Said(Amount / 60, "hour"),
        LimitUnit.Minutes => Said(Amount, "minute"),
        LimitUnit.Days => Said(Amount, "day"),
        LimitUnit.CourtDays => Said(Amount, "court day"),
        _ => $"{Said(Amount, "hour")} of court days",
    };

    private DateTimeOffset AfterCourtHours(DateTimeOffset startedAt, State state)
    {
        var left = TimeSpan.FromHours(Amount);
        var at = startedAt;
        while (true)
        {
            var day = state.DayOf(at);
            var end = state.StartOf(day.AddDays(1));
            if (state.Courts.IsCourtDay(day))
            {
                if (at + left <= end)
                    return at + left;
                left -= end - at;
            }
            at = end;
        }
    }

    private static string Said(int amount, string unit) => string.Create(CultureInfo.InvariantCulture, $"{amount} {unit}{(amount == 1 ? "" : "s")}");
}
