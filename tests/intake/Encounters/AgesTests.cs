using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Encounters;

/// <summary>How old a child is: in whole years, on a day.</summary>
public sealed class AgesTests
{
    [Theory]
    [InlineData("2026-11-21", "2008-11-21", 18), InlineData("2026-11-20", "2008-11-21", 17), InlineData("2026-11-22", "2008-11-21", 18)]
    [InlineData("2026-02-28", "2008-02-29", 18), InlineData("2026-11-21", "2026-11-21", 0), InlineData("2026-11-21", "2026-12-01", 0)]
    public void A_birthday_counts_from_its_day_on(string day, string born, int age) => Ages.On(DateOnly.Parse(day, null), DateOnly.Parse(born, null)).ShouldBe(age);

    [Fact]
    public void A_childs_age_is_that_of_the_day_on_which_it_was_found()
    {
        var now = new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);
        string Band(Child child, DateTimeOffset? occurredAt) => Ages.BandOf(child, new() { OccurredAt = occurredAt }, now, TestStates.California);

        var born = new Child { DateOfBirth = new(2010, 11, 21), ApproximateAge = 3 };
        (Band(born, now), Band(born, now.AddDays(-1)), Band(born, null)).ShouldBe((AgeBands.From16To17, AgeBands.From13To15, AgeBands.From16To17));
        (Band(new() { ApproximateAge = 3 }, now), Band(new(), now)).ShouldBe((AgeBands.UpTo12, AgeBands.Unknown));
    }
}
