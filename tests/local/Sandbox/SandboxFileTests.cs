using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Sandbox;
using SafeHarbor.TestServers;

namespace SafeHarbor.Local.Tests.Sandbox;

public sealed class SandboxFileTests
{
    [Theory]
    [InlineData("ca")]
    [InlineData("de")]
    public void Who_is_in_a_states_sandbox_is_of_that_state(string code)
    {
        var state = TestStates.Of(code);
        var sandbox = SandboxFile.Read(state);

        sandbox.Agencies.Keys.ShouldAllBe(agency => Organization.Parse(agency).Kind == Organization.LawEnforcement);
        sandbox.Counties.Keys.Append(sandbox.DeskAssigns).Append($"county:{sandbox.DecliningCounty}").ShouldBeSubsetOf(state.Counties.Select(county => county.Organization.Text));
        sandbox.Providers.Keys.ShouldAllBe(provider => Organization.Parse(provider).Kind == Organization.Provider);
        sandbox.Counties.Values.ShouldContain(CountyBehavior.Unattended, "somebody who tries a county's integration needs a county");
    }

    [Fact]
    public void Providers_decline_for_each_reason_there_is_and_the_last_one_accepts() =>
        DecliningProviders.Slugs.Select(DecliningProviders.ReasonOf).ShouldBe([.. DeclineReasons.All, null]);
}
