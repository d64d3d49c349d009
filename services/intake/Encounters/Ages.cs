using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>Ages in whole years.</summary>
public static class Ages
{
    /// <summary>The age on a day of somebody born on <paramref name="born"/>; never negative.</summary>
    public static int On(DateOnly day, DateOnly born)
    {
        var years = day.Year - born.Year;
        return Math.Max(0, born.AddYears(years) > day ? years - 1 : years);
    }

    /// <summary>A child's age band on the day of the encounter.</summary>
    public static string BandOf(Child child, EncounterReport submitted, DateTimeOffset now, State state) => AgeBands.Of(child.DateOfBirth is { } born
        ? On(state.DayOf(submitted.HappenedAt(now) ?? now), born) : child.ApproximateAge);
}
