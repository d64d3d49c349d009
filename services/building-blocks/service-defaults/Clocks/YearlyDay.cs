using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeHarbor.ServiceDefaults.Clocks;

/// <summary>
/// A day of every year in the words of the law, such as <c>June 19</c>, <c>third Monday in January</c> or <c>day after the fourth Thursday in November</c>; or of one year, <c>2027-05-03</c>.
/// </summary>
public sealed partial class YearlyDay
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "last"];
    private static readonly DateTimeFormatInfo Words = CultureInfo.InvariantCulture.DateTimeFormat;

    private readonly string _words;
    private readonly Func<int, DateOnly?> _in;

    private YearlyDay(string words, Func<int, DateOnly?> inYear) => (_words, _in) = (words, inYear);

    /// <summary>The day in a year; null when the year does not have it.</summary>
    public DateOnly? In(int year) => _in(year);

    /// <summary>The words that it was read from.</summary>
    public override string ToString() => _words;

    /// <summary>The weekday of a day, which is the state's already.</summary>
    public static DayOfWeek WeekdayOf(DateOnly local) => local.DayOfWeek;

    /// <summary>Reads the words; null when they name no day.</summary>
    public static YearlyDay? Parse(string words)
    {
        if (DateOnly.TryParseExact(words, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var once))
            return new(words, year => year == once.Year ? once : null);
        if (Dated().Match(words) is { Success: true } dated && MonthOf(dated) is { } month)
        {
            var day = int.Parse(dated.Groups["day"].ValueSpan, CultureInfo.InvariantCulture);
            return day < 1 || day > DateTime.DaysInMonth(2000, month) ? null : new(words, year => day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null);
        }
        if (Counted().Match(words) is not { Success: true } counted || MonthOf(counted) is not { } its)
            return null;
        var weekday = (DayOfWeek)Array.IndexOf(Words.DayNames, counted.Groups["weekday"].Value);
        var nth = Array.IndexOf(Ordinals, counted.Groups["nth"].Value);
        var after = counted.Groups["after"].Success ? 1 : 0;
        return !Enum.IsDefined(weekday) || nth < 0 ? null : new(words, year => Nth(year, its, weekday, nth).AddDays(after));
    }

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int nth)
    {
        // The last is the first of the seven days with which the month ends.
        var from = Ordinals[nth] == "last" ? new DateOnly(year, month, DateTime.DaysInMonth(year, month) - 6) : new DateOnly(year, month, 1 + (7 * nth));
        return from.AddDays(((int)weekday - (int)WeekdayOf(from) + 7) % 7);
    }

    private static int? MonthOf(Match words) => Array.IndexOf(Words.MonthNames, words.Groups["month"].Value, 0, 12) is >= 0 and var month ? month + 1 : null;

    [GeneratedRegex(@"\A(?<month>\w+) (?<day>[0-9]{1,2})\z")]
    private static partial Regex Dated();

    [GeneratedRegex(@"\A(?<after>day after the )?(?<nth>\w+) (?<weekday>\w+) in (?<month>\w+)\z")]
    private static partial Regex Counted();
}
