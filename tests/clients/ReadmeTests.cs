using System.Text.RegularExpressions;
using static SafeHarbor.Client.Tests.ScriptedServer;

namespace SafeHarbor.Client.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public void Every_example_is_one_that_is_compiled()
    {
        var compiled = Plain(File.ReadAllText(Repository.PathOf("tests", "clients", "ReadmeExample.cs")));
        var examples = Block().Matches(File.ReadAllText(Repository.PathOf("clients", "dotnet", "README.md"))).Select(block => Plain(block.Groups["code"].Value)).ToList();

        examples.Count.ShouldBe(2);
        examples.Where(example => !compiled.Contains(example, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_example_runs()
    {
        var completed = Samples.View("a", 1).Replace("\"RECEIVED\"", "\"COMPLETED\"", StringComparison.Ordinal);
        await using var issuer = await StartAsync(Answers(200, """{"access_token":"token","expires_in":3600}"""));
        await using var intake = await StartAsync(Answers(201, Samples.Receipt), Answers(200, completed));

        await ReadmeExample.ReportAsync(issuer.Address, intake.Address, "secret", "key");

        intake.Requests.Select(request => request.Header("Idempotency-Key")).ShouldBe(["key", null]);
    }

    private static string Plain(string code) => Blanks().Replace(code, " ").Trim();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
