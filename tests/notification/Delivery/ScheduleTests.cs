using Microsoft.Extensions.Options;
using SafeHarbor.Notification.Delivery;

namespace SafeHarbor.Notification.Tests.Delivery;

public sealed class ScheduleTests
{
    private static readonly AttemptResult Refused = new(500, null, TimeSpan.Zero);
    private readonly Schedule _schedule = new(Options.Create(new DeliverySettings()));

    [Theory]
    [InlineData(1, "00:00:05")]
    [InlineData(2, "00:00:30")]
    [InlineData(3, "00:02:00")]
    [InlineData(4, "00:05:00")]
    [InlineData(5, "00:15:00")]
    [InlineData(6, "00:30:00")]
    [InlineData(7, "01:00:00")]
    [InlineData(8, "02:00:00")]
    [InlineData(9, "04:00:00")]
    [InlineData(10, "06:00:00")]
    [InlineData(15, "06:00:00")]
    public void The_default_schedule(int failures, string wait) =>
        _schedule.Next(failures, TimeSpan.Zero, Refused, jitter: 0).ShouldBe(TimeSpan.Parse(wait, null));

    [Theory]
    [InlineData(-1, 4500)]
    [InlineData(1, 5500)]
    public void Jitter_moves_a_wait_by_a_tenth_at_most(double jitter, int milliseconds) =>
        _schedule.Next(1, TimeSpan.Zero, Refused, jitter).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Jitter_stays_in_its_range() =>
        Enumerable.Range(0, 1000).Select(_ => Schedule.Jitter()).ShouldAllBe(jitter => jitter >= -1 && jitter <= 1);

    [Theory]
    [InlineData(66, true)]
    [InlineData(67, false)]
    public void After_three_days_it_is_given_up(int hours, bool goesOn) =>
        (_schedule.Next(20, TimeSpan.FromHours(hours), Refused, jitter: 0) is not null).ShouldBe(goesOn);

    [Theory]
    [InlineData(429, 60, 60)]
    [InlineData(503, 60, 60)]
    [InlineData(503, 7200, 3600)] // an hour at most
    [InlineData(503, 0, 5)] // never sooner than the first wait
    [InlineData(500, 60, 5)] // only where it means something
    public void Retry_after_is_honored(int status, int asked, int seconds) =>
        _schedule.Next(1, TimeSpan.Zero, Refused with { Status = status, RetryAfter = TimeSpan.FromSeconds(asked) }, jitter: status == 500 ? 0 : -1)
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void A_wait_that_was_asked_for_is_never_shortened_by_jitter()
    {
        var asked = Refused with { Status = 503, RetryAfter = TimeSpan.FromSeconds(60) };

        _schedule.Next(1, TimeSpan.Zero, asked, jitter: 1).ShouldBe(TimeSpan.FromSeconds(66));
        _schedule.Next(1, TimeSpan.Zero, asked, jitter: -1).ShouldBe(TimeSpan.FromSeconds(60));
    }
}
