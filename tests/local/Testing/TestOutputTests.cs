using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

public sealed class TestOutputTests
{
    [Fact]
    public void Each_test_comes_with_what_is_said_below_it()
    {
        var results = Read(
            "xUnit.net v3 In-Process Runner",
            "passed A.B.Works (16ms)",
            "failed A.B.Fails(a: \"x (y)\") (1m 02s 003ms)",
            "  it should not",
            "",
            "  at A.B",
            "skipped A.B.Waits (0ms)",
            "  No such thing.",
            "",
            "Test run summary: Failed!",
            "  total: 3");

        results.Select(r => (r.Name, r.Outcome, r.Took.TotalMilliseconds)).ShouldBe(
            [("A.B.Works", TestOutcome.Passed, 16), ("A.B.Fails(a: \"x (y)\")", TestOutcome.Failed, 62_003), ("A.B.Waits", TestOutcome.Skipped, 0)]);
        results.Select(r => r.Reason).ShouldBe(["", "it should not at A.B", "No such thing."]);
        results[1].Method.ShouldBe("A.B.Fails");
    }

    [Fact]
    public void What_looks_like_a_test_within_a_message_is_part_of_the_message() =>
        Read("failed A.B.Fails (1s)", "  passed A.B.Other (1ms)").ShouldHaveSingleItem().Reason.ShouldBe("passed A.B.Other (1ms)");

    private static List<EndedTest> Read(params string[] lines)
    {
        var results = new List<EndedTest>();
        var output = new TestOutput(results.Add);
        foreach (var line in lines)
            output.Read(line);
        output.Close();
        return results;
    }
}
