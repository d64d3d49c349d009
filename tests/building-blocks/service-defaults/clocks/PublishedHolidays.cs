using System.Globalization;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.Clocks;

/// <summary>The literal dates of <c>california-court-holidays.txt</c>, which owe nothing to what computes the calendar.</summary>
internal static class PublishedHolidays
{
    private static readonly string[][] Lines =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "clocks", "california-court-holidays.txt")).Where(line => !line.StartsWith('#')).Select(line => line.Split(' '))];

    public static State California { get; } = State.Read(Path.Combine(AppContext.BaseDirectory, "states", "ca"));

    /// <summary>By year, how its dates are known.</summary>
    public static IReadOnlyDictionary<int, string> Years { get; } = Lines.ToDictionary(line => int.Parse(line[0], CultureInfo.InvariantCulture), line => line[1]);

    /// <summary>Every date there is.</summary>
    public static IReadOnlySet<DateOnly> Dates { get; } =
        Lines.SelectMany(line => line.Skip(2).Select(day => DateOnly.ParseExact($"{line[0]}-{day}", "yyyy-MM-dd", CultureInfo.InvariantCulture))).ToHashSet();

    /// <summary>Whether the courts sit on a day, by these dates alone.</summary>
    public static bool IsCourtDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Dates.Contains(day);
}
