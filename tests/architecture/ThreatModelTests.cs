using System.Text.RegularExpressions;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The threat model's promises are tests that exist.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_threat_names_a_test_and_every_test_that_is_named_exists()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository.Root, "docs/threat-model.md")).Where(line => Threat().IsMatch(line)).ToList();

        rows.Count.ShouldBeGreaterThan(30);
        rows.Where(row => !Named().IsMatch(row)).ShouldBeEmpty();
        Missing(string.Join('\n', rows)).ShouldBeEmpty();
    }

    [Fact]
    public void A_test_that_is_gone_would_be_found() => Missing("`AccessTests`, `NoSuchTests`").ShouldBe(["NoSuchTests"]);

    private static IEnumerable<string> Missing(string text)
    {
        var there = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        return Named().Matches(text).Select(match => match.Groups["test"].Value).Distinct().Where(test => !there.Contains(test));
    }

    [GeneratedRegex(@"^\| [STRIDE ]+ \|")]
    private static partial Regex Threat();

    [GeneratedRegex("`(?<test>[A-Za-z]+Tests)`")]
    private static partial Regex Named();
}
