using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>Whoever was held back by a limit is looked for again when there is room.</summary>
public sealed class AttemptsUnderWayTests
{
    private static readonly Guid Endpoint = Guid.NewGuid();
    private readonly AttemptsUnderWay _underWay = new(new DeliverySettings { Concurrency = 3, ConcurrencyPerEndpoint = 2 });
    private readonly TaskCompletionSource _never = new();

    private static ClaimedDelivery Claim(Guid endpoint)
    {
        var notice = Notice.From(Installation.Request());
        var delivery = NoticeDelivery.Of(notice.Id, endpoint, default);
        delivery.Claim = Guid.NewGuid();
        return new(delivery, notice, new(new(endpoint, new([], []), []), 1, EndpointStates.Enabled), Known: null);
    }

    private bool Start(params ClaimedDelivery[] claimed) => _underWay.Start(claimed, _underWay.Free, _underWay.Busy, _ => _never.Task);

    [Fact]
    public void An_attempt_that_leaves_room_wakes_nobody()
    {
        var claimed = Claim(Endpoint);

        Start(claimed).ShouldBeFalse();

        _underWay.Answered(claimed).ShouldBeFalse();
        _underWay.Ended(claimed).ShouldBeFalse();
        _underWay.Free.ShouldBe(3);
    }

    [Fact]
    public void An_endpoint_at_its_limit_has_room_as_soon_as_it_has_answered()
    {
        var (one, two) = (Claim(Endpoint), Claim(Endpoint));

        Start(one, two).ShouldBeFalse();

        _underWay.Busy[Endpoint].ShouldBe(2);
        _underWay.Answered(one).ShouldBeTrue();
        _underWay.Busy[Endpoint].ShouldBe(1);
        _underWay.Free.ShouldBe(1, "its outcome is not recorded yet");
    }

    [Fact]
    public void When_all_are_busy_the_next_outcome_makes_room()
    {
        var claimed = new[] { Claim(Guid.NewGuid()), Claim(Guid.NewGuid()), Claim(Guid.NewGuid()) };

        Start(claimed).ShouldBeFalse();

        _underWay.Free.ShouldBe(0);
        _underWay.Answered(claimed[0]).ShouldBeFalse();
        _underWay.Ended(claimed[0]).ShouldBeTrue();
        _underWay.Free.ShouldBe(1);
    }

    [Fact]
    public void Room_that_was_made_while_claiming_is_noticed()
    {
        var (one, two) = (Claim(Endpoint), Claim(Endpoint));
        Start(one);
        var (free, busy) = (_underWay.Free, _underWay.Busy);
        _underWay.Ended(one);

        _underWay.Start([two], free, busy, _ => _never.Task).ShouldBeTrue();
    }
}
