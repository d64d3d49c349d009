using System.Net;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>In which order connections are let in that have arrived.</summary>
public sealed class ArrivalQueuesTests
{
    private static readonly ClientNetwork Crowd = Network("192.0.2.1"), Officer = Network("192.0.2.2");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Who_comes_after_ten_thousand_of_another_network_is_next_but_one()
    {
        var queues = New(most: 512);
        for (var i = 0; i < 10_000; i++)
            queues.Add(Crowd, $"crowd {i}");
        queues.Add(Officer, "officer");

        Take(queues, 2).ShouldBe(["crowd 9488", "officer"]);
    }

    [Fact]
    public void One_more_than_may_wait_of_a_network_takes_the_place_of_its_own_that_has_waited_longest()
    {
        var queues = New(most: 2);
        queues.Add(Officer, "officer").ShouldBeNull();
        foreach (var (newcomer, gone) in new[] { ("a", null), ("b", null), ("c", "a"), ("d", "b") })
            queues.Add(Crowd, newcomer).ShouldBe(gone);

        Take(queues, 4).ShouldBe(["officer", "c", "d"]);
    }

    [Fact]
    public void So_many_of_a_network_are_let_in_a_second_and_the_rest_waits_without_holding_up_others()
    {
        var queues = New(most: 512, perSecond: 80);
        for (var i = 0; i < 100; i++)
            queues.Add(Crowd, "crowd");

        Take(queues, 100).Count.ShouldBe(10, "an eighth of a second's");
        queues.Next(out var wait).ShouldBeNull();
        wait.ShouldBe(TimeSpan.FromSeconds(1.0 / 80));
        queues.Add(Officer, "officer");
        Take(queues, 1).ShouldBe(["officer"]);

        _time.Advance(wait);
        Take(queues, 100).ShouldBe(["crowd"]);
        _time.Advance(TimeSpan.FromMinutes(1));
        Take(queues, 100).Count.ShouldBe(10, "what was not used is not saved up");
    }

    [Fact]
    public void Where_nobody_waits_nobody_is_waited_for()
    {
        var queues = New(most: 1);

        queues.Next(out var wait).ShouldBeNull();
        wait.ShouldBe(Timeout.InfiniteTimeSpan);
        queues.Add(Officer, "officer");
        queues.Clear().ShouldBe(["officer"]);
        queues.Next(out _).ShouldBeNull();
    }

    private ArrivalQueues<string> New(int most, int perSecond = 1000) => new(most, perSecond, _time);

    private static List<string> Take(ArrivalQueues<string> queues, int most)
    {
        var taken = new List<string>();
        while (taken.Count < most && queues.Next(out _) is { } next)
            taken.Add(next);
        return taken;
    }

    private static ClientNetwork Network(string address) => ClientNetwork.Of(IPAddress.Parse(address));
}
