using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Clocks;

/// <summary><c>court-calendar.yaml</c> as it is written. A key that is not known, missing or twice there is an error.</summary>
internal sealed class CourtCalendarFile
{
    public required bool Checked { get; init; }
    public required WeekendEntry Weekend { get; init; }
    public required MovedEntry Moved { get; init; }
    public required List<HolidayEntry> Holidays { get; init; }

    internal sealed class WeekendEntry
    {
        public required List<string> Days { get; init; }
        public required string Law { get; init; }
    }

    internal sealed class MovedEntry
    {
        public required Dictionary<string, string> To { get; init; }
        public required string Law { get; init; }
    }

    internal sealed class HolidayEntry
    {
        public required string Name { get; init; }
        public required string Day { get; init; }
        public required string Law { get; init; }
        public int? Since { get; init; }
        public int? Until { get; init; }
    }

    public static CourtCalendar Read(string path)
    {
        var file = StateFile.Read<CourtCalendarFile>(path);
        if (file.Problems().ToList() is { Count: > 0 } problems)
            throw new StartRefusedException($"{path}: {string.Join(' ', problems)}");
        return new(file.Weekend.Days.Select(day => WeekdayOf(day)!.Value).ToHashSet(), file.Moved.To.ToDictionary(move => WeekdayOf(move.Key)!.Value, move => WeekdayOf(move.Value)!.Value),
            [.. file.Holidays.Select(h => new CourtHoliday(h.Name, YearlyDay.Parse(h.Day)!, h.Law, h.Since, h.Until))], file.Checked);
    }

    private IEnumerable<string> Problems()
    {
        foreach (var day in Weekend.Days.Concat(Moved.To.Keys).Concat(Moved.To.Values).Where(day => WeekdayOf(day) is null))
            yield return $"'{day}' is no day of the week: write Saturday.";
        if (Weekend.Days.Distinct().Count() > 6)
            yield return "weekend: on some day of the week the courts sit.";
        foreach (var (from, to) in Moved.To.Where(move => Weekend.Days.Contains(move.Value) || move.Key == move.Value))
            yield return $"moved: {from} to {to} is not to another day on which the courts sit.";
        foreach (var holiday in Holidays)
        {
            if (YearlyDay.Parse(holiday.Day) is null)
                yield return $"{holiday.Name}: '{holiday.Day}' is no day: write June 19, third Monday in January, day after the fourth Thursday in November or, of one year, 2027-05-03.";
            if (holiday.Since > holiday.Until)
                yield return $"{holiday.Name}: since is not after until.";
            if (Holidays.Count(other => other.Name == holiday.Name) > 1)
                yield return $"{holiday.Name} is there twice.";
        }
    }

    private static DayOfWeek? WeekdayOf(string name) => Enum.GetValues<DayOfWeek>().Where(day => day.ToString() == name).Select(day => (DayOfWeek?)day).SingleOrDefault();
}
