namespace SafeHarbor.ServiceDefaults.Clocks;

/// <summary>A holiday of the state's courts.</summary>
/// <param name="Name">As texts name it.</param>
/// <param name="Day">On which day of the year it is.</param>
/// <param name="Law">The rule that makes it one, or ended it, by its id in the state's law register.</param>
/// <param name="Since">The first year that has it; null when it was not looked up since when.</param>
/// <param name="Until">The last year that has it; null while it lasts.</param>
public sealed record CourtHoliday(string Name, YearlyDay Day, string Law, int? Since = null, int? Until = null)
{
    /// <summary>Its own day in a year, whatever day it is kept on; null when that year does not have it.</summary>
    public DateOnly? In(int year) => year < Since || year > Until ? null : Day.In(year);
}
