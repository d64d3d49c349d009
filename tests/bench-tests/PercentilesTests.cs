using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Tests;

public sealed class PercentilesTests
{
    [Fact]
    public void Each_is_the_smallest_measured_value_that_so_many_percent_do_not_exceed() =>
        Percentiles.Of(Milliseconds(Enumerable.Range(1, 200))).ShouldBe(new Percentiles(100, 190, 198));

    [Fact]
    public void The_order_of_measuring_does_not_matter() =>
        Percentiles.Of(Milliseconds([5, 1, 4, 2, 3])).ShouldBe(new Percentiles(3, 5, 5));

    [Fact]
    public void A_single_value_is_all_of_them() => Percentiles.Of(Milliseconds([7])).ShouldBe(new Percentiles(7, 7, 7));

    [Fact]
    public void Without_values_there_is_none() => Percentiles.Of([]).P50.ShouldBe(double.NaN);

    private static IEnumerable<TimeSpan> Milliseconds(IEnumerable<int> values) => values.Select(v => TimeSpan.FromMilliseconds(v));
}
