using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>Whoever was held back by a limit is looked for again when there is room.</summary>
public sealed class RunningTests
{
    private static readonly Guid Endpoint = Guid.NewGuid();
    private readonly Notification.Delivery.Running _running = new(new DeliverySettings { Concurrency = 3, ConcurrencyPerEndpoint = 2 });
    private readonly TaskCompletionSource _never = new();

    private static Claimed Claim(Guid endpoint)
    {
        var notice = Notice.From(Installation.Request());
        var delivery = NoticeDelivery.Of(notice.Id, endpoint, default);
        delivery.Claim = Guid.NewGuid();
        return new(delivery, notice, new("", 1, EndpointStates.Enabled, []), Known: null);
    }

    private bool Start(params Claimed[] claimed) => _running.Start(claimed, _running.Free, _running.Busy, _ => _never.Task);

    [Fact]
    public void An_attempt_that_leaves_room_wakes_nobody()
    {
        var claimed = Claim(Endpoint);

        Start(claimed).ShouldBeFalse();

        _running.Answered(claimed).ShouldBeFalse();
        _running.Ended(claimed).ShouldBeFalse();
        _running.Free.ShouldBe(3);
    }

    [Fact]
    public void An_endpoint_at_its_limit_has_room_as_soon_as_it_has_answered()
    {
        var (one, two) = (Claim(Endpoint), Claim(Endpoint));

        Start(one, two).ShouldBeFalse();

        _running.Busy[Endpoint].ShouldBe(2);
        _running.Answered(one).ShouldBeTrue();
        _running.Busy[Endpoint].ShouldBe(1);
        _running.Free.ShouldBe(1, "its outcome is not recorded yet");
    }

    [Fact]
    public void When_all_are_busy_the_next_outcome_makes_room()
    {
        var claimed = new[] { Claim(Guid.NewGuid()), Claim(Guid.NewGuid()), Claim(Guid.NewGuid()) };

        Start(claimed).ShouldBeFalse();

        _running.Free.ShouldBe(0);
        _running.Answered(claimed[0]).ShouldBeFalse();
        _running.Ended(claimed[0]).ShouldBeTrue();
        _running.Free.ShouldBe(1);
    }

    [Fact]
    public void Room_that_was_made_while_claiming_is_noticed()
    {
        var (one, two) = (Claim(Endpoint), Claim(Endpoint));
        Start(one);
        var (free, busy) = (_running.Free, _running.Busy);
        _running.Ended(one);

        _running.Start([two], free, busy, _ => _never.Task).ShouldBeTrue();
    }
}
