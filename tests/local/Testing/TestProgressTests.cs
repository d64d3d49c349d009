using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

public sealed class TestProgressTests : IDisposable
{
    private static readonly TestProject One = new("SafeHarbor.One.Tests", "");
    private static readonly TestProject Two = new("SafeHarbor.Two.Tests", "");

    private readonly StringWriter _shown = new();
    private TimeSpan _elapsed;

    public void Dispose() => _shown.Dispose();

    [Fact]
    public void In_a_file_there_is_a_line_now_and_then_and_at_the_end_of_a_project()
    {
        var progress = new TestProgress(_shown, live: false, () => _elapsed);
        progress.Begins(One);
        progress.Begins(Two);
        for (var second = 1; second <= 70; second++)
        {
            _elapsed = TimeSpan.FromSeconds(second);
            progress.Tested(second % 2 == 0 ? One : Two, Test(TestOutcome.Passed));
        }
        progress.Ended(new(One, new(35, 0, 0), [], TimeSpan.FromSeconds(70)));

        Lines.ShouldBe(
        [
            "00:30  30 tests done; running: One 15, Two 15",
            "01:00  60 tests done; running: One 30, Two 30",
            "01:10  SafeHarbor.One.Tests: 35 passed, 0 failed, 0 skipped in 70 s",
        ]);
    }

    [Fact]
    public void A_failure_is_shown_whole_and_at_once()
    {
        var progress = new TestProgress(_shown, live: false, () => _elapsed);
        progress.Begins(One);

        progress.Tested(One, Test(TestOutcome.Failed, "  it should", "  at A.B"));

        Lines.ShouldBe(["failed A.B.C (One)", "  it should", "  at A.B"]);
    }

    [Fact]
    public void On_a_terminal_one_line_changes_and_makes_way_for_what_stays()
    {
        var progress = new TestProgress(_shown, live: true, () => _elapsed);
        progress.Begins(One);
        _elapsed = TimeSpan.FromSeconds(1);
        progress.Tested(One, Test(TestOutcome.Passed));
        progress.Tested(One, Test(TestOutcome.Passed));
        progress.Ended(new(One, new(2, 0, 0), [], TimeSpan.FromSeconds(1)));

        _shown.ToString().Split("\r\e[K", StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "00:00  0 tests done; running: One 0",
            "00:01  1 tests done; running: One 1",
            $"00:01  SafeHarbor.One.Tests: 2 passed, 0 failed, 0 skipped in 1 s{Environment.NewLine}",
        ]);
    }

    private IEnumerable<string> Lines => _shown.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static EndedTest Test(TestOutcome outcome, params string[] said) => new("A.B.C", outcome, TimeSpan.Zero, said);
}
