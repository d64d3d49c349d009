using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeHarbor.Local.Testing;

/// <summary>Reads the lines that a test program writes with <c>--output detailed</c>: a heading for each test, and below it what there is to say.</summary>
/// <param name="result">Told of each test once all of it is known.</param>
internal sealed partial class TestOutput(Action<EndedTest> result)
{
    private readonly List<string> _said = [];
    private EndedTest? _open;

    public void Read(string line)
    {
        var heading = Heading().Match(line);
        if (heading.Success)
        {
            Close();
            _open = new(heading.Groups["name"].Value, Enum.Parse<TestOutcome>(heading.Groups["outcome"].Value, ignoreCase: true),
                DurationOf(heading.Groups["took"].Value), []);
        }
        else if (line.Length > 0 && !line.StartsWith(' '))
        {
            Close();
        }
        else if (_open is not null)
        {
            _said.Add(line);
        }
    }

    /// <summary>At the end: the last test has said all.</summary>
    public void Close()
    {
        if (_open is not null)
            result(_open with { Said = [.. _said] });
        _open = null;
        _said.Clear();
    }

    private static TimeSpan DurationOf(string text) => Duration().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) =>
        sum + int.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
        {
            "d" => TimeSpan.FromDays(1),
            "h" => TimeSpan.FromHours(1),
            "m" => TimeSpan.FromMinutes(1),
            "s" => TimeSpan.FromSeconds(1),
            _ => TimeSpan.FromMilliseconds(1),
        });

    [GeneratedRegex(@"^(?<outcome>passed|failed|skipped) (?<name>.+) \((?<took>[0-9]+(d|h|ms|m|s)( [0-9]+(h|ms|m|s))*)\)$")]
    private static partial Regex Heading();

    [GeneratedRegex("([0-9]+)(ms|d|h|m|s)")]
    private static partial Regex Duration();
}
