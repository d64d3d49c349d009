using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests;

/// <summary>Each service is killed between two instructions while journeys are under way; every accepted report still completes exactly once.</summary>
public sealed class KillTests(World world) : IClassFixture<World>
{
    private const int PerKill = 6;

    [Fact]
    public async Task After_a_kill_of_each_service_in_mid_journey_every_accepted_report_completes_exactly_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var victims = new[] { world.Installation.Intake, world.Installation.CountyRouting, world.Installation.Notification, world.Installation.CaseServices };
        var accepted = new List<JsonElement>();
        foreach (var victim in victims)
        {
            var reporting = Task.WhenAll(Enumerable.Range(0, PerKill).Select(_ => world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE", "MENTAL_HEALTH"), cancellation)));
            await UntilUnderWayAsync(victim, cancellation);
            await victim.KillAsync();
            victim.IsRunning.ShouldBeFalse();
            await victim.StartAsync(cancellation);
            accepted.AddRange(await reporting);
        }

        accepted.Select(r => r.GetProperty("encounterId").GetString()).Distinct().Count().ShouldBe(victims.Length * PerKill, "one encounter per idempotency key");
        foreach (var receipt in accepted)
            await ExactlyOnceAsync(receipt.GetProperty("encounterId").GetString()!, cancellation);
        foreach (var service in world.Installation.Databases.Keys)
            (await world.QueryAsync(service, "select count(*) from outbox", cancellation)).ShouldBe(["0"], $"{service} has sent everything");
        (await world.QueryAsync("county-routing", "select count(*), count(distinct (report_id, organization)) from handoffs where current_state = 'ACCEPTED'", cancellation))
            .ShouldBe([$"{victims.Length * PerKill}|{victims.Length * PerKill}"], "every report has exactly one handoff and it is accepted");
        world.People.Surprises.ShouldBeEmpty();
    }

    /// <summary>A killed process must have been in the middle of something: at least one message of the new encounters has reached it.</summary>
    private async Task UntilUnderWayAsync(ServiceProcess victim, CancellationToken cancellation)
    {
        // Intake's consumers are recorders, which leave nothing in the inbox.
        var table = victim.Name switch { "notification" => "notices", "intake" => "timeline", _ => "inbox" };
        var before = await world.QueryAsync(victim.Name, $"select count(*) from {table}", cancellation);
        var now = before;
        for (var i = 0; i < 5000 && (now = await world.QueryAsync(victim.Name, $"select count(*) from {table}", cancellation))[0] == before[0]; i++)
            await Task.Delay(10, cancellation);
        now.ShouldNotBe(before, $"{victim.Name} was never in the middle of anything");
    }

    private async Task ExactlyOnceAsync(string encounter, CancellationToken cancellation)
    {
        var expected = new Dictionary<string, int>
        {
            ["encounter.reported.v1"] = 1,
            ["handoff.opened.v1"] = 1,
            ["handoff.acknowledged.v1"] = 1,
            ["handoff.accepted.v1"] = 1,
            ["disclosure.granted.v1"] = 3,
            ["notice.delivered.v1"] = 3,
            ["need.opened.v1"] = 2,
            ["offer.made.v1"] = 2,
            ["offer.accepted.v1"] = 2,
            ["need.engaged.v1"] = 2,
            ["need.completed.v1"] = 2,
        };
        // A webhook whose outcome died with the process is sent again under its id; a first failure is told, once.
        var timeline = await world.TimelineAsync(encounter, t => t.Count(e => e.Type != "notice.failing.v1") >= expected.Values.Sum(), "the journey completes", cancellation);
        timeline.Where(e => e.Type != "notice.failing.v1").GroupBy(e => e.Type).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(expected, ignoreOrder: true);
    }
}
