using System.Text.Json;
using SafeHarbor.Chaos;
using SafeHarbor.Chaos.Checks;

namespace SafeHarbor.Local.Tests.Chaos;

/// <summary>Programs read this line: its names stay.</summary>
public sealed class ChaosResultTests
{
    private static readonly ChaosResult Result = new(
        500,
        [new("service-killed", "intake", TimeSpan.FromSeconds(1.04)), new("service-killed", "notification", TimeSpan.FromSeconds(2)), new("broker-killed", "", TimeSpan.FromSeconds(9))],
        [],
        []);

    [Fact]
    public void It_says_what_a_run_has_shown_in_one_line() => Result.ToJson().ShouldBe(
        """{"journeys":500,"faults":{"broker-killed":1,"service-killed":2},"lost":0,"duplicateEffects":0,"parkedUnexpected":0,"recoverySeconds":{"p50":2,"max":9},"passed":true}""");

    [Fact]
    public void The_names_are_the_same_when_nothing_was_injected_and_something_was_lost()
    {
        using var line = JsonDocument.Parse((Result with { Recoveries = [], Findings = [new(Wrong.Lost, Guid.NewGuid(), "not stored")] }).ToJson());
        line.RootElement.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["journeys", "faults", "lost", "duplicateEffects", "parkedUnexpected", "recoverySeconds", "passed"]);
        line.RootElement.GetProperty("lost").GetInt32().ShouldBe(1);
        line.RootElement.GetProperty("passed").GetBoolean().ShouldBeFalse();
    }
}
