using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.Clocks;

/// <summary>What holds of every limit and every instant of twenty years; of those beside a change of the clocks and beside a holiday more are tried.</summary>
public sealed class DeadlineProperties
{
    private static readonly DateTimeOffset First = new(2016, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly State California = PublishedHolidays.California;
    private static readonly CourtCalendar Courts = California.Courts;

    private static readonly DateTimeOffset[] Changes = [.. Enumerable.Range(0, 365 * 20).Select(days => California.StartOf(DateOnly.FromDateTime(First.DateTime).AddDays(days)))
        .Where(day => California.TimeZone.GetUtcOffset(day) != California.TimeZone.GetUtcOffset(day.AddDays(1)))];

    private static readonly DateTimeOffset[] Holidays = [.. PublishedHolidays.Dates.Where(day => day.Year is >= 2016 and <= 2035).Select(California.StartOf)];

    private static Gen<DateTimeOffset> Within(DateTimeOffset[] of) => from day in Gen.Elements(of) from minutes in Gen.Choose(-4 * 1440, 2 * 1440) select day.AddMinutes(minutes);

    private static readonly Gen<DateTimeOffset> Instants = Gen.OneOf(Gen.Choose(0, 20 * 365 * 1440).Select(minutes => First.AddMinutes(minutes)), Within(Changes), Within(Holidays));
    private static readonly Gen<DateOnly> Days = Instants.Select(California.DayOf);

    private static Gen<TimeLimit> Limits => Gen.OneOf(
        Gen.Choose(1, 4 * 1440).Select(minutes => new TimeLimit(LimitUnit.Minutes, minutes)), Gen.Choose(1, 40).Select(days => new TimeLimit(LimitUnit.Days, days)),
        Gen.Choose(1, 20).Select(days => new TimeLimit(LimitUnit.CourtDays, days)), Gen.Choose(1, 120).Select(hours => new TimeLimit(LimitUnit.CourtHours, hours)));

    [Fact]
    public void Twenty_years_have_forty_changes_of_the_clocks() => Changes.Length.ShouldBe(40);

    [Fact]
    public void Nothing_is_due_before_it_starts() => For(Instants, Limits, (start, limit) => limit.DueAt(start, California).ShouldBeGreaterThan(start));

    [Fact]
    public void What_starts_later_is_not_due_earlier() => For(Instants, Limits, from minutes in Gen.Choose(1, 10_000) select TimeSpan.FromMinutes(minutes), (start, limit, later) =>
        limit.DueAt(start + later, California).ShouldBeGreaterThanOrEqualTo(limit.DueAt(start, California)));

    [Fact]
    public void One_more_is_due_later() => For(Instants, Limits, (start, limit) =>
        (limit with { Amount = limit.Amount + 1 }).DueAt(start, California).ShouldBeGreaterThan(limit.DueAt(start, California)));

    [Fact]
    public void Minutes_are_time_that_has_passed_whatever_the_clocks_show() => For(Within(Changes), Gen.Choose(1, 4 * 1440), (start, minutes) =>
        (new TimeLimit(LimitUnit.Minutes, minutes).DueAt(start, California).UtcDateTime - start.UtcDateTime).ShouldBe(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Days_end_at_the_midnight_that_ends_the_last() => For(Instants, Gen.Choose(1, 40), (start, days) =>
    {
        var due = new TimeLimit(LimitUnit.Days, days).DueAt(start, California);
        TimeZoneInfo.ConvertTime(due, California.TimeZone).TimeOfDay.ShouldBe(TimeSpan.Zero);
        (LastDayOf(due).DayNumber - California.DayOf(start).DayNumber).ShouldBe(days);
    });

    [Fact]
    public void Court_days_are_so_many_by_the_literal_dates_and_the_last_is_one() => For(Instants, Gen.Choose(1, 20), (start, days) =>
    {
        var due = new TimeLimit(LimitUnit.CourtDays, days).DueAt(start, California);
        TimeZoneInfo.ConvertTime(due, California.TimeZone).TimeOfDay.ShouldBe(TimeSpan.Zero);
        PublishedHolidays.IsCourtDay(LastDayOf(due)).ShouldBeTrue();
        Between(California.DayOf(start), LastDayOf(due)).Count(PublishedHolidays.IsCourtDay).ShouldBe(days);
    });

    [Fact]
    public void Court_hours_are_so_many_minutes_of_court_days_by_the_literal_dates_and_end_on_one() => For(Instants, Gen.Choose(1, 72), (start, hours) =>
    {
        var due = new TimeLimit(LimitUnit.CourtHours, hours).DueAt(start, California);
        var minutes = Enumerable.Range(0, (int)(due - start).TotalMinutes).Count(minute => PublishedHolidays.IsCourtDay(California.DayOf(start.AddMinutes(minute))));
        minutes.ShouldBe(hours * 60);
        PublishedHolidays.IsCourtDay(LastDayOf(due)).ShouldBeTrue();
    }, tests: 100);

    [Fact]
    public void Hours_of_court_days_are_never_due_before_as_many_hours() => For(Instants, Gen.Choose(1, 120), (start, hours) =>
        new TimeLimit(LimitUnit.CourtHours, hours).DueAt(start, California).ShouldBeGreaterThanOrEqualTo(start.AddHours(hours)));

    [Fact]
    public void The_next_court_day_is_one_and_none_is_between() => For(Days, Gen.Constant(0), (day, _) =>
    {
        var next = Courts.NextCourtDay(day);
        next.ShouldBeGreaterThan(day);
        Courts.IsCourtDay(next).ShouldBeTrue();
        Between(day, next.AddDays(-1)).ShouldAllBe(between => !Courts.IsCourtDay(between));
    });

    [Fact]
    public void Court_days_add_up() => For(Days, Gen.Choose(1, 20), Gen.Choose(1, 20), (day, some, more) =>
        Courts.AddCourtDays(day, some + more).ShouldBe(Courts.AddCourtDays(Courts.AddCourtDays(day, some), more)));

    [Fact]
    public void The_offset_with_which_an_instant_is_written_makes_no_difference() => For(Instants, Limits, Gen.Choose(-14 * 60, 14 * 60), (start, limit, minutes) =>
        limit.DueAt(start.ToOffset(TimeSpan.FromMinutes(minutes)), California).ShouldBe(limit.DueAt(start, California)));

    // Its last instant is before midnight.
    private static DateOnly LastDayOf(DateTimeOffset due) => California.DayOf(due.AddTicks(-1));

    private static IEnumerable<DateOnly> Between(DateOnly after, DateOnly last) => Enumerable.Range(1, Math.Max(0, last.DayNumber - after.DayNumber)).Select(after.AddDays);

    private static void For<A, B>(Gen<A> some, Gen<B> others, Action<A, B> holds, int tests = 1000) =>
        Prop.ForAll(some.ToArbitrary(), others.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(tests));

    private static void For<A, B, C>(Gen<A> some, Gen<B> others, Gen<C> more, Action<A, B, C> holds) =>
        Prop.ForAll(some.ToArbitrary(), others.ToArbitrary(), more.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000));
}
