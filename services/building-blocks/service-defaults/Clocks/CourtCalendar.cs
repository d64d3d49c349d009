namespace SafeHarbor.ServiceDefaults.Clocks;

/// <summary>
/// On which days the state's courts sit, in any year: neither at the weekend nor on a holiday, nor on the day on which a holiday is kept instead. It is what <c>court-calendar.yaml</c> of the
/// state's folder says; days are the state's. Immutable. What a single court is closed for besides (an emergency, a holiday of its county) it does not know.
/// </summary>
/// <param name="closedOn">Days of the week on which they never sit.</param>
/// <param name="keptOn">On which day of the week, the nearest such day, a holiday is kept that falls on another.</param>
/// <param name="holidays">The holidays, in the order of the file.</param>
/// <param name="isChecked">Whether somebody who may say so has confirmed it.</param>
public sealed class CourtCalendar(IReadOnlySet<DayOfWeek> closedOn, IReadOnlyDictionary<DayOfWeek, DayOfWeek> keptOn, IReadOnlyList<CourtHoliday> holidays, bool isChecked)
{
    /// <summary>Reads a state's court calendar.</summary>
    /// <exception cref="Hosting.StartRefusedException">The file is missing or wrong; the message names everything that is, and why.</exception>
    public static CourtCalendar Read(string path) => CourtCalendarFile.Read(path);

    /// <summary>Whether somebody who may say so has confirmed it.</summary>
    public bool Checked { get; } = isChecked;

    /// <summary>The holidays, in the order of the file; of some years only, where they say so.</summary>
    public IReadOnlyList<CourtHoliday> Holidays { get; } = holidays;

    /// <summary>Whether the courts sit on a day.</summary>
    public bool IsCourtDay(DateOnly day) => !closedOn.Contains(YearlyDay.WeekdayOf(day)) && HolidayOn(day) is null;

    /// <summary>The holiday that is kept on a day, which need not be its own; null when none is.</summary>
    public CourtHoliday? HolidayOn(DateOnly day) => Holidays.FirstOrDefault(holiday =>
        // A holiday of January may be kept in the December before, and the other way round.
        KeptOn(holiday, day.Year) == day || KeptOn(holiday, day.Year - 1) == day || KeptOn(holiday, day.Year + 1) == day);

    /// <summary>The first court day after a day.</summary>
    public DateOnly NextCourtDay(DateOnly day) => AddCourtDays(day, 1);

    /// <summary>The last of so many court days after a day, which is not counted whether it is one or not.</summary>
    /// <param name="day">The day from which is counted.</param>
    /// <param name="count">How many, 1 or more.</param>
    public DateOnly AddCourtDays(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsCourtDay(day))
                count--;
        }
        return day;
    }

    private DateOnly? KeptOn(CourtHoliday holiday, int year) =>
        holiday.In(year) is not { } own ? null
        : !keptOn.TryGetValue(YearlyDay.WeekdayOf(own), out var instead) ? own
        : Enumerable.Range(1, 3).SelectMany(days => (DateOnly[])[own.AddDays(-days), own.AddDays(days)]).First(near => YearlyDay.WeekdayOf(near) == instead);
}
