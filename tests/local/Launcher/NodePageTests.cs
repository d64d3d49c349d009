namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>What <c>docs/running-a-county-node.md</c> tells a county's IT to type, typed: a node takes over, is stopped, started, and gives the county back.</summary>
[Collection<OneInstallation>]
public sealed class NodePageTests(OwnCheckout checkout)
{
    [Fact]
    public async Task A_county_can_type_the_page_about_its_node()
    {
        var said = await checkout.TypeAsync(OneInstallation.ShellBlocksOf("docs/running-a-county-node.md"));

        said.ShouldContain("node-06037 keeps the handoffs of county:06037: ");
        said.ShouldContain("\"items\": []", customMessage: "the statewide system's list");
        said.ShouldContain("This handoff is kept by your organization's own node now. Ask at http");
        said.ShouldContain("node-06037 is down. It still keeps the county's handoffs");
        said.ShouldContain("The statewide system keeps the handoffs of county:06037 again: ");
        said.ShouldEndWith("ACCEPTED\n");
        said.Split('\n').Count(line => line == "ACCEPTED").ShouldBe(2, "at the node, and at the statewide system again");

        (await checkout.TypeAsync("./safeharbor node down --county 06037")).ShouldBe("node-06037 does not run.\n");
        (await checkout.TypeAsync("./safeharbor node up --county 99999 2>&1 || echo refused")).ShouldContain("'99999' is no county of California: give its FIPS code");
    }
}
