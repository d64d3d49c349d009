using System.Text.RegularExpressions;

namespace SafeHarbor.Architecture.Tests.Contributing;

/// <summary>CONTRIBUTING.md shows what compiles.</summary>
public sealed partial class ContributingTests
{
    [Fact]
    public void Every_example_is_one_that_is_compiled()
    {
        var examples = Examples(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"))).ToList();

        examples.Count.ShouldBe(4);
        examples.Where(example => !Compiled().Contains(example, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void An_example_that_is_not_would_be_found() => Compiled().ShouldNotContain(Examples("```csharp\nroutes.MapNothing();\n```").Single());

    private static IEnumerable<string> Examples(string markdown) => Block().Matches(markdown).Select(block => Plain(block.Groups["code"].Value));

    private static string Compiled() => Plain(File.ReadAllText(Path.Combine(Repository.Root, "tests", "architecture", "Contributing", "Examples.cs")));

    private static string Plain(string code) => Blanks().Replace(code, " ").Trim();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
