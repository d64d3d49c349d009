using System.Text.RegularExpressions;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>What README tells a newcomer to type, typed.</summary>
[Collection<OneInstallation>]
public sealed partial class ReadmeTests(OwnCheckout checkout)
{
    [Fact]
    public async Task The_walk_in_the_readme_can_be_typed_on_any_day_and_again_and_the_verbs_about_it_answer()
    {
        var walk = OneInstallation.ShellBlocksOf("README.md");
        walk[0].ShouldBe("./safeharbor up --detach\n");
        await TypeAsync(walk[0]);

        foreach (var age in new[] { "15", "14" })
        {
            var said = await TypeAsync([.. walk[1..].Select(block => block.Replace("\"approximateAge\": 15", $"\"approximateAge\": {age}", StringComparison.Ordinal))]);

            said.ShouldContain("\"status\": \"ROUTED\"");
            Ids().IsMatch(said).ShouldBeTrue(said);
            said.ShouldContain("\"overdue\": false");
            said.ShouldNotContain("\"overdue\": true");
            said.ShouldContain("handoff.opened");
            said.ShouldContain("\"state\": \"ACCEPTED\"");
        }
        var verbs = await TypeAsync("./safeharbor status", "./safeharbor status --json", "./safeharbor parked list", "./safeharbor parked list --json", "./safeharbor ledger verify", "./safeharbor keys status", "./safeharbor keys status --json");
        verbs.ShouldContain("parked messages 0");
        verbs.ShouldContain("Nothing is parked");
        verbs.ShouldContain("\"case-services\": []");
        verbs.ShouldContain("\"wrappedBy\": ");
        verbs.ShouldNotContain("password=", Case.Insensitive);
        PasswordInAddress().IsMatch(verbs).ShouldBeFalse();
        var shown = await TypeAsync("./safeharbor status --show-passwords", "./safeharbor status --json --show-passwords");
        shown.Split("Password=").Length.ShouldBe(3);
        PasswordInAddress().Count(shown).ShouldBe(4);
    }

    private Task<string> TypeAsync(params string[] blocks) => checkout.TypeAsync(blocks);

    [GeneratedRegex("^encounter [0-9a-f-]{36}, its child's report [0-9a-f-]{36}, the county's handoff [0-9a-f-]{36}$", RegexOptions.Multiline)]
    private static partial Regex Ids();

    [GeneratedRegex("(amqp|http)s?://[^:/@]+:[^/@]+@")]
    private static partial Regex PasswordInAddress();
}
