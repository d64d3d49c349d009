using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.Clocks;

/// <summary>Deadlines that a person has worked out, in California's civil time.</summary>
public sealed class TimeLimitTests
{
    private static readonly State California = PublishedHolidays.California;

    [Theory]
    // Clocks go forward on 2027-03-14 at 2, back on 2027-11-07 at 2.
    [InlineData("pc-11166-3-a", "2027-03-13T20:00-08:00", "2027-03-15T09:00-07:00", "36 hours, of which the clocks skip one")]
    [InlineData("pc-11166-3-a", "2027-11-06T20:00-07:00", "2027-11-08T07:00-08:00", "36 hours, one of which comes twice")]
    [InlineData("pc-14211", "2027-11-07T01:30-07:00", "2027-11-07T02:30-08:00", "two hours from the first half past one")]
    [InlineData("pc-14211", "2027-11-07T01:30-08:00", "2027-11-07T03:30-08:00", "and from the second")]
    [InlineData("wic-313-a", "2026-12-01T15:10-08:00", "2026-12-03T15:10-08:00", "two court days follow")]
    [InlineData("wic-313-a", "2026-12-04T15:10-08:00", "2026-12-08T15:10-08:00", "a weekend is between")]
    [InlineData("wic-313-a", "2026-12-05T15:10-08:00", "2026-12-09T00:00-08:00", "on a Saturday the hours begin with Monday")]
    [InlineData("wic-313-a", "2026-11-25T15:10-08:00", "2026-12-01T15:10-08:00", "Thanksgiving, the day after and a weekend")]
    [InlineData("wic-313-a", "2026-12-03T00:00-08:00", "2026-12-05T00:00-08:00", "the end of a court day is within it")]
    [InlineData("wic-313-a", "2027-03-12T23:30-08:00", "2027-03-16T23:30-07:00", "half an hour of Friday, Monday, and so much of Tuesday: the Sunday of 23 hours does not count")]
    [InlineData("wic-315", "2026-12-01T09:00-08:00", "2026-12-03T00:00-08:00", "until the end of the next judicial day")]
    [InlineData("wic-315", "2026-12-04T16:59-08:00", "2026-12-08T00:00-08:00", "after Friday that is Monday")]
    [InlineData("wic-315", "2026-12-24T09:00-08:00", "2026-12-29T00:00-08:00", "over Christmas and a weekend")]
    [InlineData("wic-315", "2026-12-01T23:59:59-08:00", "2026-12-03T00:00-08:00", "the last second is of its day")]
    [InlineData("wic-315", "2026-12-02T08:00:00Z", "2026-12-04T00:00-08:00", "whatever offset it is written with")]
    public void What_a_rule_gives_is_due(string rule, string startedAt, string due, string because) =>
        California.Law.Find(rule)!.DueAt(Instant(startedAt), California).ShouldBe(Instant(due), because);

    [Theory]
    [InlineData("2026-12-01T00:00-08:00"), InlineData("2026-12-01T23:59-08:00")]
    public void Ten_days_end_with_the_tenth_day_after_whatever_the_hour(string startedAt) =>
        new TimeLimit(LimitUnit.Days, 10).DueAt(Instant(startedAt), California).ShouldBe(Instant("2026-12-12T00:00-08:00"));

    [Fact]
    public void Days_are_whole_ones_over_a_change_of_the_clocks() =>
        new TimeLimit(LimitUnit.Days, 10).DueAt(Instant("2027-03-10T12:00-08:00"), California).ShouldBe(Instant("2027-03-21T00:00-07:00"));

    [Fact]
    public void A_holiday_as_the_last_day_prolongs_no_calendar_days() =>
        new TimeLimit(LimitUnit.Days, 1).DueAt(Instant("2026-12-24T12:00-08:00"), California).ShouldBe(Instant("2026-12-26T00:00-08:00"));

    [Fact]
    public void A_rule_that_gives_no_time_is_never_due() => California.Law.Find("pc-11165-9")!.DueAt(Instant("2026-12-01T00:00Z"), California).ShouldBeNull();

    [Theory]
    [InlineData(LimitUnit.Minutes, 90, "90 minutes"), InlineData(LimitUnit.Minutes, 60, "1 hour"), InlineData(LimitUnit.Minutes, 2160, "36 hours"), InlineData(LimitUnit.Minutes, 129600, "90 times 24 hours"), InlineData(LimitUnit.Days, 10, "10 days")]
    [InlineData(LimitUnit.CourtDays, 1, "1 court day"), InlineData(LimitUnit.CourtHours, 48, "48 hours of court days")]
    public void It_is_said_in_words(LimitUnit unit, int amount, string words) => new TimeLimit(unit, amount).ToString().ShouldBe(words);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
