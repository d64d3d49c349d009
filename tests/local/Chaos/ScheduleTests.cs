using SafeHarbor.Chaos;
using SafeHarbor.Chaos.Faults;

namespace SafeHarbor.Local.Tests.Chaos;

public sealed class ScheduleTests
{
    private static readonly IReadOnlyList<(string Name, int Targets)> Kinds = FaultKind.Names;

    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(20261121)]
    public void As_many_faults_as_there_are_kinds_hold_each_kind_once(int seed) =>
        Schedule.Draw(seed, Kinds.Count, Kinds).Select(fault => fault.Kind).ShouldBe(Kinds.Select(kind => kind.Name), ignoreOrder: true);

    [Fact]
    public void Fewer_faults_than_kinds_are_different_kinds() =>
        Schedule.Draw(7, 5, Kinds).Select(fault => fault.Kind).Distinct().Count().ShouldBe(5);

    [Fact]
    public void In_a_long_run_no_kind_comes_much_oftener_than_another_and_each_hits_all_it_can()
    {
        var rounds = Kinds.Max(kind => kind.Targets);
        var drawn = Schedule.Draw(3, rounds * Kinds.Count, Kinds);

        foreach (var (name, targets) in Kinds)
        {
            var hits = drawn.Where(fault => fault.Kind == name).Select(fault => fault.Target).ToList();
            hits.Count.ShouldBe(rounds);
            hits.Distinct().Order().ShouldBe(Enumerable.Range(0, targets), $"{name} hits each of its targets");
        }
    }

    [Fact]
    public void In_turn_each_family_sends_one_kind_and_every_kind_has_its_turn()
    {
        var turns = Enumerable.Range(41, 4).Select(FaultKind.InTurn).ToList();

        foreach (var turn in turns)
            turn.Select(kind => kind.Family).ShouldBe(Enum.GetValues<FaultFamily>(), ignoreOrder: true);
        turns.SelectMany(turn => turn).Select(kind => kind.Name).Distinct().ShouldBe(Kinds.Select(kind => kind.Name), ignoreOrder: true);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_another()
    {
        Schedule.Draw(11, 100, Kinds).ShouldBe(Schedule.Draw(11, 100, Kinds));
        Schedule.Draw(11, 100, Kinds).ShouldNotBe(Schedule.Draw(12, 100, Kinds));
    }
}
