using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

public sealed class TestCountsTests
{
    private static readonly string[] Summary = ["Test run summary: Failed!", "  total: 6", "  failed: 1", "  succeeded: 3", "  skipped: 2", "  duration: 1s"];

    [Fact]
    public void The_summary_is_read() => TestCounts.Read(Summary, exitCode: 2).ShouldBe(new TestCounts(3, 1, 2));

    [Fact]
    public void A_project_that_crashed_counts_as_a_failure() => TestCounts.Read(["Unhandled exception."], exitCode: 134).Failed.ShouldBe(1);

    [Fact]
    public void A_failure_outside_of_the_tests_counts() =>
        TestCounts.Read(["  total: 3", "  failed: 0", "  succeeded: 3", "  skipped: 0"], exitCode: 7).Failed.ShouldBe(1);

    [Fact]
    public void A_filter_that_matches_nothing_in_a_project_is_no_failure() =>
        TestCounts.Read(["  total: 0", "  failed: 0", "  succeeded: 0", "  skipped: 0"], exitCode: 8).ShouldBe(new TestCounts(0, 0, 0));
}
