using SafeHarbor.Local.Conformance;

namespace SafeHarbor.Journeys.Tests.Sandbox;

/// <summary>Whole conformance runs against a vendor's integration that is right, and one that is not.</summary>
[Collection(typeof(InTheSandbox))]
public sealed class ConformanceTests(SandboxWorld world)
{
    private const string Agency = "CA0194200";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_integration_that_does_everything_right_passes_every_case()
    {
        var results = await PlayAsync(front => new Vendor(front, Agency));

        results.Where(result => result.Result != CaseState.Passed).ShouldBeEmpty();
        results.Count.ShouldBe(ConformanceCases.All.Count);
    }

    [Fact]
    public async Task One_that_guesses_forgets_its_keys_and_does_not_wait_fails_at_just_that()
    {
        var results = await PlayAsync(front => new Vendor(front, Agency) { Guesses = true, ForgetsKeys = true, IsImpatient = true });

        results.Where(result => result.Result == CaseState.Failed).Select(result => (result.Name, result.Reason![..21])).ShouldBe(
        [
            ("unknown-left-out", "/children/0 has an ag"),
            ("answer-lost", "It came again under a"),
            ("unavailable", "It came again after 0"),
            ("too-many-requests", "It came again after 0"),
        ]);
    }

    private async Task<IReadOnlyList<CaseResult>> PlayAsync(Func<string, Vendor> integration)
    {
        var run = new ConformanceRun(ConformanceCases.All, TimeSpan.FromMinutes(1), TestContext.Current.SendDiagnosticMessage);
        await using var front = await Front.StartAsync(world.Installation.Intake.Address, () => world.Installation.Keys.Token($"le:{Agency}"), run, listen: null, Cancellation);
        var playing = run.PlayAsync(Cancellation);
        using var vendor = integration(front.Address);
        await vendor.WorkAsync(Cancellation);
        return await playing;
    }
}
