using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Nodes;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests.Nodes;

public sealed class NodeMachineTests : IDisposable
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(2);
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
    private readonly NodeWatch _watch = new(SilentAfter);
    private readonly NodeMachine _machine;
    private readonly WatchedNode _node = new() { CorrelationId = WatchedNode.IdOf("los-angeles") };
    private UnitOfWork _unit = new();

    public NodeMachineTests() => _machine = new(Maps.California.State, new("county-routing"), _watch, _clock);

    public void Dispose() => _watch.Dispose();

    private IEnumerable<SystemNoticeRequested> Told => _unit.Messages.OfType<SystemNoticeRequested>();

    [Fact]
    public async Task Who_is_heard_is_watched_and_its_signs_start_no_timer()
    {
        await SayAsync("county:06037");
        Looks(SilentAfter);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await SayAsync("county:06037");

        (_node.CurrentState, _node.Name, _node.Waiting, _node.HeardAt).ShouldBe(("Heard", "los-angeles", 7, _clock.GetUtcNow()));
        _node.Organizations.ShouldBe([Organization.Parse("county:06037")]);
        _unit.Timers.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_looked_when_it_could_have_been_silent_for_long_enough()
    {
        await SayAsync("county:06037");
        _clock.Advance(TimeSpan.FromSeconds(90));
        await SayAsync("county:06037");
        _clock.Advance(TimeSpan.FromSeconds(30));

        await LookAsync();

        _node.CurrentState.ShouldBe("Heard");
        Looks(TimeSpan.FromSeconds(90));
        Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_desk_is_told_of_silence_again_and_again_and_when_the_node_is_heard()
    {
        await SayAsync("county:06037");
        _clock.Advance(SilentAfter);
        await LookAsync();

        var told = Told.ShouldHaveSingleItem();
        (told.Organization.Text, told.Type, told.Urgency, told.SubjectKind, told.Link).ShouldBe(("state:ca", "node.silent.v1", "IMMEDIATE", "NODE", $"/v1/nodes/{_node.CorrelationId}"));
        Looks(told.DueAt!.Value - _clock.GetUtcNow());
        _node.CurrentState.ShouldBe("Silent");

        _clock.Advance(TimeSpan.FromMinutes(5));
        await LookAsync();
        Told.ShouldHaveSingleItem().Type.ShouldBe("node.silent.v1");

        await SayAsync("county:06037");
        Told.ShouldHaveSingleItem().Type.ShouldBe("node.heard.v1");
        _node.CurrentState.ShouldBe("Heard");
        Looks(SilentAfter);
    }

    [Fact]
    public async Task A_system_that_was_stopped_itself_gives_the_node_the_time_once_more()
    {
        await SayAsync("county:06037");
        _clock.Advance(TimeSpan.FromHours(1));
        await LookAsync();

        _node.CurrentState.ShouldBe("Heard");
        Told.ShouldBeEmpty();
        Looks(SilentAfter);

        _clock.Advance(SilentAfter);
        await LookAsync();
        _node.CurrentState.ShouldBe("Silent");
    }

    [Fact]
    public async Task Who_has_given_everything_back_need_not_be_heard()
    {
        await SayAsync("county:06037");
        await SayAsync();
        _node.CurrentState.ShouldBe("Left");
        _node.LookToken.ShouldBeNull();

        await SayAsync("county:06037");
        _node.CurrentState.ShouldBe("Heard");
        _unit.Timers.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Who_was_silent_and_then_gives_everything_back_is_told_of_and_need_not_be_heard()
    {
        await SayAsync("county:06037");
        _clock.Advance(SilentAfter);
        await LookAsync();
        await SayAsync();

        Told.ShouldHaveSingleItem().Type.ShouldBe("node.heard.v1");
        _node.CurrentState.ShouldBe("Left");
    }

    // MassTransit counts the delay from its own clock.
    private void Looks(TimeSpan after) => _unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(after, TimeSpan.FromSeconds(1));

    private Task SayAsync(params string[] organizations) => RaiseAsync(_machine.Alive, new NodeAlive
    {
        Node = "los-angeles",
        Organizations = [.. organizations.Select(Organization.Parse)],
        Waiting = 7,
        At = _clock.GetUtcNow(),
    });

    private Task LookAsync() => RaiseAsync(_machine.Look.AnyReceived, new NodeLook(_node.CorrelationId), _node.LookToken);

    private async Task RaiseAsync<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new();
        (await SagaStep.RaiseAsync(_machine, _node, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken)).ShouldBeTrue();
    }
}
