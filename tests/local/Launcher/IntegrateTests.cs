using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>What the pages of <c>docs/integrate</c> tell each kind of user to type, typed; each page's receiver gets real webhooks of the running system.</summary>
[Collection<OneInstallation>]
public sealed partial class IntegrateTests(OwnCheckout checkout)
{
    private const string Examples = "docs/integrate/examples";
    private const string CSharp = $"dotnet run {Examples}/Receiver.cs";

    [Fact]
    public async Task An_agency_can_type_its_page()
    {
        var said = await TypeAsync("cad-rms");

        said.ShouldContain("Did you mean `approximateAge`?");
        said.ShouldContain("\"status\": \"ROUTED\"");
        said.ShouldContain("Idempotent-Replayed: true", Case.Insensitive);
        said.ShouldContain("\"required\": false");
        said.ShouldContain("telephone-report.recorded");
        said.ShouldContain("\"items\": []");
    }

    [Fact]
    public async Task A_county_can_type_its_page()
    {
        var said = await TypeAsync("county");

        said.ShouldContain("\"type\": \"org.safeharbor.handoff.opened.v1\"");
        said.ShouldContain("\"state\": \"ACCEPTED\"");
        said.ShouldContain("\"approximateAge\": 14");
        said.ShouldContain("\"state\": \"UNFILLED\"");
        said.ShouldNotContain("\"type\": \"/problems/");
        said.ShouldEndWith("204\nREFERRING\n");
    }

    [Fact]
    public async Task A_county_can_type_the_page_about_drills()
    {
        var said = await checkout.TypeAsync(OneInstallation.ShellBlocksOf("docs/drills.md"));

        said.ShouldContain("06111: drill ");
        said.ShouldContain("\"state\": \"ANSWERED\"");
        said.ShouldContain("\"startedBy\": \"county:06111\"");
    }

    [Fact]
    public async Task A_county_can_type_the_page_about_its_pack()
    {
        var said = await checkout.TypeAsync(OneInstallation.ShellBlocksOf("docs/packs.md"));

        said.ShouldContain("# version 1 from ");
        said.ShouldContain("06059-new.yaml: can be published.");
        said.ShouldContain("06059: version 2 would hold from ");
        said.ShouldContain("06059: version 2 holds from ");
        said.ShouldContain("REPLACE /acknowledgeWithinMinutes: 15 -> 20");
        said.ShouldContain("\"published\": false");
        said.ShouldContain("\"publishedBy\": \"county:06059\"");
        said.ShouldContain("\"contacts\": \"NONE\"");
        said.ShouldNotContain("/problems/");

        (await checkout.TypeAsync("./safeharbor packs publish .local/06059-new.yaml")).ShouldBe("06059: nothing new; version 2 says the same.\n");
        (await checkout.TypeAsync("./safeharbor packs publish .local/06059.yaml --over 1 || echo refused")).ShouldContain("Read it again");
        (await checkout.TypeAsync("sed 's/^acceptWithinMinutes/acceptedWithinMinutes/' .local/06059.yaml > .local/wrong.yaml",
            "./safeharbor packs validate .local/wrong.yaml || ./safeharbor packs publish .local/wrong.yaml || true"))
            .Split('\n').Count(line => line.EndsWith("/acceptedWithinMinutes: Is not known here. Did you mean `acceptWithinMinutes`?", StringComparison.Ordinal)).ShouldBe(2);
        (await checkout.TypeAsync("./safeharbor packs diff 06001", "./safeharbor packs show 06001")).ShouldContain("there is no telephone number that somebody has checked");
    }

    [Fact]
    public async Task A_provider_can_type_its_page()
    {
        var said = await TypeAsync("provider");

        said.ShouldContain("\"state\": \"OFFERED\"");
        said.ShouldContain("\"tier\": \"T1\"");
        said.ShouldContain("ENGAGED");
        said.ShouldContain("COMPLETED");
        Problems().Matches(said).Select(problem => problem.Groups[1].Value).ShouldBe(["offer-accepted"]);
        said.ShouldEndWith("204\n");
    }

    [Fact]
    public Task Its_receiver_in_CSharp_takes_what_is_signed_and_refuses_what_is_not() => ReceiveAsync(CSharp);

    [Fact]
    public async Task Its_receiver_in_Python_does_too()
    {
        Assert.SkipUnless(await VersionAsync("python3") >= new Version(3, 9), "There is no Python 3.9 or later on this machine.");

        await ReceiveAsync($"python3 {Examples}/receiver.py");
    }

    [Fact]
    public async Task Its_receiver_in_TypeScript_does_too()
    {
        var compiled = Path.Combine(Checkout.Find().Root, "artifacts/clients/receiver/receiver.js");
        var runs = await VersionAsync("node") is { } version && version >= new Version(22, 18) ? $"node {Examples}/receiver.ts" : File.Exists(compiled) ? $"node '{compiled}'" : null;
        Assert.SkipWhen(runs is null, "There is no Node 22.18 or later on this machine, nor what .ci/clients compiles for an earlier one.");

        await ReceiveAsync(runs);
    }

    private async Task ReceiveAsync(string receiver)
    {
        var said = await TypeAsync("webhooks", receiver);

        said.ShouldContain("\"type\": \"org.safeharbor.endpoint.tested.v1\"");
        said.Split('\n').ShouldContain("401");
        said.Split('\n').Count(line => line == "true").ShouldBe(2, said);
        said.ShouldContain("\"resent\": 0");
        said.ShouldNotContain("/problems/");
        said.ShouldEndWith("204\n");
    }

    private Task<string> TypeAsync(string page, string receiver = CSharp) => checkout.TypeAsync([
        // Also when a line fails.
        "trap 'kill ${receiver:-} 2> /dev/null || true' EXIT",
        .. OneInstallation.ShellBlocksOf($"docs/integrate/{page}.md").Select(block => Port().Replace(block, $"port={FreePort.Choose(1)[0].ToString(CultureInfo.InvariantCulture)}")
            .Replace(CSharp, receiver, StringComparison.Ordinal).Replace(Examples, Path.Combine(Checkout.Find().Root, Examples), StringComparison.Ordinal)),
    ]);

    private static async Task<Version?> VersionAsync(string program)
    {
        try
        {
            using var asked = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await asked.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return Version.TryParse(Number().Match(said).Value, out var version) ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex("^port=[0-9]+", RegexOptions.Multiline)]
    private static partial Regex Port();

    [GeneratedRegex("\"type\": \"/problems/([a-z-]+)\"")]
    private static partial Regex Problems();

    [GeneratedRegex("[0-9]+\\.[0-9]+")]
    private static partial Regex Number();
}
