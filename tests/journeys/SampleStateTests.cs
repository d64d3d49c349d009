using System.Net;

namespace SafeHarbor.Journeys.Tests;

/// <summary>An installation for the sample state: the same programs, other data.</summary>
public sealed class SampleStateWorld : World
{
    public SampleStateWorld()
    {
        Environment["State__Code"] = "de";
        Reporter = "le:DE0020100";
        Organizations = ["county:10003", "state:de", "provider:sample-lantern", "provider:sample-clinic"];
    }
}

/// <summary>A state is data: the demonstration's first journey in another state.</summary>
public sealed class SampleStateTests(SampleStateWorld world) : IClassFixture<SampleStateWorld>
{
    private static readonly (double, double) Wilmington = (39.7447, -75.5484);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_journey_reaches_its_end()
    {
        var receipt = await world.ReportAsync(SampleEncounters.Of(world.Reporter, Wilmington, "ADVOCATE", "MENTAL_HEALTH", "MEDICAL_EXAM"), Cancellation);
        var id = receipt.GetProperty("encounterId").GetString()!;

        var timeline = await world.TimelineAsync(id, t => t.Count(e => e.Type == "need.completed.v1") == 3 && t.Any(e => e.Type == "handoff.accepted.v1"),
            "three needs are met and the county has accepted", Cancellation);

        var handoff = timeline.Single(e => e.Type == "handoff.opened.v1").Data;
        (handoff.GetProperty("organization").GetString(), handoff.GetProperty("organizationName").GetString()).ShouldBe(("county:10003", "New Castle"));
    }

    [Fact]
    public async Task What_lies_outside_goes_to_the_states_own_desk_and_no_other_state_may_look_at_it()
    {
        var receipt = await world.ReportAsync(SampleEncounters.Of(world.Reporter, SampleEncounters.LosAngeles, "ADVOCATE"), Cancellation);

        var timeline = await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => t.Any(e => e.Type == "need.completed.v1"), "the desk has assigned a county, and the need is met", Cancellation);

        timeline.Single(e => e.Type == "jurisdiction.undetermined.v1").Data.GetProperty("reason").GetString().ShouldBe("OUTSIDE_STATE");
        timeline.Where(e => e.Type == "notice.delivered.v1").Select(e => e.Data.GetProperty("organization").GetString()).ShouldContain("state:de");
        (await world.Api.GetAsync(world.Installation.CountyRouting, "state:de", "/v1/desk", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
        (await world.Api.GetAsync(world.Installation.CountyRouting, "state:ca", "/v1/desk", Cancellation)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
