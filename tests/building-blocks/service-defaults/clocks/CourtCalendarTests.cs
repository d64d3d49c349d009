using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.Clocks;

public sealed class CourtCalendarTests : IDisposable
{
    private const string Good = """
        checked: true
        weekend: { days: [Friday, Saturday], law: the-week }
        moved: { to: { Saturday: Sunday, Friday: Thursday }, law: the-move }
        holidays:
          - { name: New Year, day: January 1, law: a }
          - { name: Leap Day, day: February 29, law: a }
          - { name: Spring, day: second Tuesday in March, law: b, since: 2030 }
          - { name: Autumn, day: last Wednesday in October, law: b, until: 2030 }
          - { name: Day after, day: day after the last Wednesday in October, law: b }
          - { name: Once, day: 2031-05-05, law: c }
        """;

    private static readonly CourtCalendar California = PublishedHolidays.California.Courts;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safeharbor-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_literal_dates_are_weekdays_of_the_years_from_2016_to_2036_at_least_and_published_where_a_list_was_found()
    {
        PublishedHolidays.Dates.ShouldAllBe(day => day.DayOfWeek != DayOfWeek.Saturday && day.DayOfWeek != DayOfWeek.Sunday);
        Enumerable.Range(2016, 21).Except(PublishedHolidays.Years.Keys).ShouldBeEmpty();
        PublishedHolidays.Years.Values.Distinct().ShouldBe(["published", "by-hand"]);
        PublishedHolidays.Years.Where(year => year.Value == "published").Select(year => year.Key).ShouldBe([2012, 2013, 2014, 2016, 2017, 2018, 2020, 2021, 2022, 2023, 2024, 2025, 2026]);
    }

    [Fact]
    public void The_courts_of_California_sit_on_the_days_on_which_the_literal_dates_say_that_they_do()
    {
        foreach (var year in PublishedHolidays.Years.Keys)
            for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
                California.IsCourtDay(day).ShouldBe(PublishedHolidays.IsCourtDay(day), $"{day:O}, {California.HolidayOn(day)?.Name}");
    }

    [Theory]
    [InlineData("2021-12-31", "New Year's Day", "a Saturday's is kept on the Friday before, also in another year")]
    [InlineData("2023-01-02", "New Year's Day", "a Sunday's on the Monday after")]
    [InlineData("2022-06-20", null, "Juneteenth was no holiday of the courts yet")]
    [InlineData("2023-06-19", "Juneteenth", "it is since 2023")]
    [InlineData("2021-10-11", "Columbus Day", "until 2021")]
    [InlineData("2022-10-10", null, "and not any more")]
    [InlineData("2021-09-24", null, "Native American Day not yet")]
    [InlineData("2022-09-23", "Native American Day", "since 2022")]
    [InlineData("2026-02-17", null, "Lunar New Year is the state's, not the courts'")]
    [InlineData("2026-04-24", null, "so is Genocide Remembrance Day")]
    [InlineData("2027-09-09", null, "and Admission Day")]
    [InlineData("2040-11-23", "Day after Thanksgiving", "in any year")]
    public void What_has_changed_is_by_year(string day, string? holiday, string because) => (California.HolidayOn(DateOnly.Parse(day, null))?.Name).ShouldBe(holiday, because);

    [Fact]
    public void Every_rule_that_the_calendar_names_is_in_the_register()
    {
        foreach (var state in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "states")).Select(State.Read))
            state.Courts.Holidays.Where(holiday => state.Law.Find(holiday.Law) is null).ShouldBeEmpty();
        California.Holidays.Count.ShouldBe(15);
        California.Checked.ShouldBeFalse("no lawyer has");
    }

    [Fact]
    public void A_state_whose_holidays_were_not_looked_up_has_weekends()
    {
        var calendar = State.Read(Path.Combine(AppContext.BaseDirectory, "states", "de")).Courts;
        (calendar.IsCourtDay(new(2027, 1, 1)), calendar.IsCourtDay(new(2027, 1, 2)), calendar.NextCourtDay(new(2027, 1, 1))).ShouldBe((true, false, new DateOnly(2027, 1, 4)));
    }

    [Fact]
    public void Court_days_are_counted_after_the_day_whether_it_is_one_or_not()
    {
        California.AddCourtDays(new(2026, 11, 25), 1).ShouldBe(new(2026, 11, 30), "over Thanksgiving and a weekend");
        California.AddCourtDays(new(2026, 11, 28), 1).ShouldBe(new(2026, 11, 30), "from a Saturday");
        California.AddCourtDays(new(2026, 12, 1), 15).ShouldBe(new(2026, 12, 22));
    }

    [Theory]
    [InlineData("2029-01-01", "New Year", "a Monday, on its day")]
    [InlineData("2027-12-30", null, "January 1, 2028, is moved")]
    [InlineData("2028-01-02", "New Year", "from Saturday to the Sunday after")]
    [InlineData("2026-12-31", "New Year", "from Friday to the Thursday before")]
    [InlineData("2028-02-29", "Leap Day", "a leap year has it")]
    [InlineData("2029-02-28", null, "another has not")]
    [InlineData("2029-03-13", null, "before its first year")]
    [InlineData("2030-03-12", "Spring", "its first year")]
    [InlineData("2030-10-30", "Autumn", "its last year")]
    [InlineData("2031-10-29", null, "after its last year")]
    [InlineData("2031-10-30", "Day after", "of what is counted")]
    [InlineData("2031-05-05", "Once", "one day of one year")]
    [InlineData("2032-05-05", null, "and of no other")]
    public void A_holiday_is_on_the_day_that_its_words_say(string day, string? holiday, string because) => (Read(Good).HolidayOn(DateOnly.Parse(day, null))?.Name).ShouldBe(holiday, because);

    [Theory]
    [InlineData("checked: true", "", "checked", "a missing key")]
    [InlineData("law: the-week", "rule: the-week", "rule", "an unknown key")]
    [InlineData(", law: a }", " }", "law", "a holiday without a rule")]
    [InlineData("[Friday, Saturday]", "[Friday, Caturday]", "'Caturday' is no day of the week", "no weekday")]
    [InlineData("[Friday, Saturday]", "[Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday]", "on some day of the week the courts sit", "they never sit")]
    [InlineData("Friday: Thursday", "Friday: Saturday", "moved: Friday to Saturday is not to another day on which the courts sit", "moved to the weekend")]
    [InlineData("Friday: Thursday", "Monday: Monday", "moved: Monday to Monday is not", "moved nowhere")]
    [InlineData("day: January 1", "day: January 32", "New Year: 'January 32' is no day: write June 19, third Monday in January,", "no date")]
    [InlineData("day: January 1", "day: Januar 1", "'Januar 1' is no day", "no month")]
    [InlineData("day: February 29", "day: February 30", "'February 30' is no day", "of no year")]
    [InlineData("second Tuesday", "fifth Tuesday", "'fifth Tuesday in March' is no day", "not every month has it")]
    [InlineData("second Tuesday", "second Tues", "'second Tues in March' is no day", "no weekday")]
    [InlineData("2031-05-05", "2031-05-32", "'2031-05-32' is no day", "no day of a year")]
    [InlineData("name: Leap Day", "name: New Year", "New Year is there twice", "twice")]
    [InlineData("since: 2030", "since: soon", "line 7", "no year")]
    [InlineData("since: 2030", "since: 2030, until: 2029", "Spring: since is not after until", "over before it begins")]
    public void What_is_wrong_in_a_calendar_keeps_a_service_from_starting_and_is_named(string right, string wrong, string told, string because)
    {
        var refused = Should.Throw<StartRefusedException>(() => Read(Good.Replace(right, wrong, StringComparison.Ordinal)), because);
        refused.Message.ShouldContain(told);
        refused.Message.ShouldContain("court-calendar.yaml");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Should.Throw<StartRefusedException>(() => Read(Good.Replace("January 1", "Winter", StringComparison.Ordinal).Replace("2031-05-05", "then", StringComparison.Ordinal))).Message
            .ShouldSatisfyAllConditions(told => told.ShouldContain("'Winter'"), told => told.ShouldContain("'then'"));

    [Fact]
    public void A_state_without_a_calendar_is_told_so() =>
        Should.Throw<StartRefusedException>(() => CourtCalendar.Read(Path.Combine(_folder.FullName, "court-calendar.yaml"))).Message.ShouldContain("court-calendar.yaml cannot be read");

    private CourtCalendar Read(string text)
    {
        var path = Path.Combine(_folder.FullName, "court-calendar.yaml");
        File.WriteAllText(path, text);
        return CourtCalendar.Read(path);
    }
}
