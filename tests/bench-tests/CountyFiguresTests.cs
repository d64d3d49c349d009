using System.Text.Json;
using SafeHarbor.Bench.Counties;
using SafeHarbor.Bench.Report;
using SafeHarbor.TestServers;

namespace SafeHarbor.Bench.Tests;

/// <summary>The whole of <c>--counties</c> on few handoffs: everything is asked and told, and nothing is refused. How fast is not looked at.</summary>
public sealed class CountyFiguresTests
{
    private const int Handoffs = 2000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_counties_ask_is_answered_and_every_step_is_told()
    {
        var settings = new Settings(WarmUp: TimeSpan.Zero, Measured: TimeSpan.FromSeconds(1), Latency: default, Settle: default, InFlight: 1, History: 0, Counties: Handoffs, Flood: 0, Json: true, Sealing: false);

        var figures = await CountyFigures.MeasureAsync(settings, await Servers.GetAsync(Cancellation), _ => { }, Cancellation);

        // A quarter is the large county's, 200 a page.
        figures.Inbox.Pages.ShouldBeInRange(2, 4);
        figures.Inbox.Answers.Count.ShouldBeGreaterThan(20);
        figures.Explained.PerSecond.ShouldBeGreaterThan(0);
        (figures.Waiting, figures.Steps.Steps, figures.Burst.Steps).ShouldBe((200, 5, 5));
        using var line = JsonDocument.Parse(JsonLine.Of(figures));
        line.RootElement.GetProperty("questionMs").EnumerateObject().Count().ShouldBe(figures.Inbox.Answers.Count);
        CountyTable.Of(figures).ShouldContain("the large county's whole list");
    }
}
