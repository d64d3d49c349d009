using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;

namespace SafeHarbor.Architecture.Tests;

/// <summary>Whatever waits has a way out: docs/waiting.md lists every state of every saga with what ends it, and is whole.</summary>
public sealed partial class WaitingStatesTests
{
    private static readonly string[] Services = ["SafeHarbor.Intake", "SafeHarbor.CountyRouting", "SafeHarbor.Notification", "SafeHarbor.CaseServices"];

    private static IEnumerable<(string Saga, string State, string Wakes, string Ends)> Rows =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs/waiting.md"))
        let row = Row().Match(line)
        where row.Success
        select (row.Groups["saga"].Value, row.Groups["state"].Value, row.Groups["wakes"].Value.Trim(), row.Groups["ends"].Value.Trim());

    [Fact]
    public void Every_state_of_every_saga_is_listed_and_none_that_does_not_exist() =>
        Rows.Select(row => $"{row.Saga} {row.State}").ShouldBe(States(
            Services.SelectMany(service => Assembly.Load(service).GetTypes()).Where(type => type.IsAssignableTo(typeof(StateMachine)) && !type.IsAbstract)), ignoreOrder: true);

    [Fact]
    public void A_state_that_is_no_end_says_what_ends_it_and_who_is_woken_or_why_nobody_is() =>
        Rows.Where(row => row.Ends.Length == 0 || (row.Wakes.Length == 0) != (row.Ends == "the end")).ShouldBeEmpty();

    [Fact]
    public void A_state_that_is_not_listed_would_be_found() => States([typeof(Forgotten)]).Except(Rows.Select(row => $"{row.Saga} {row.State}")).ShouldBe(["Forgotten WAITING"]);

    private static List<string> States(IEnumerable<Type> machines) =>
    [
        .. from machine in machines
           from state in machine.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where state.PropertyType == typeof(State)
           select $"{machine.Name.Replace("Machine", "", StringComparison.Ordinal)} {Words().Replace(state.Name, "_$0").TrimStart('_').ToUpperInvariant()}",
    ];

    private sealed class Forgotten
    {
        public State Waiting { get; } = null!;
    }

    [GeneratedRegex(@"^\| (?<saga>[A-Z][A-Za-z]+) \| `(?<state>[A-Z_]+)` \|(?<wakes>[^|]*)\|(?<ends>[^|]*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Words();
}
