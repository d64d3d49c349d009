using Microsoft.Extensions.Options;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What follows from an attempt, as a table: no server anywhere.</summary>
public sealed class DeliveryDecisionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 10, 0, TimeSpan.Zero);
    private static readonly AttemptResult Taken = new(204, null, TimeSpan.FromMilliseconds(12));
    private static readonly AttemptResult Broken = new(500, null, TimeSpan.FromMilliseconds(12));
    private static readonly AttemptResult Gone = new(410, null, TimeSpan.FromMilliseconds(12));

    private readonly DeliveryDecisions _decisions = new(new Schedule(Options.Create(new DeliverySettings { GiveUpAfter = TimeSpan.FromMinutes(1) })), TimeProvider.System);
    private readonly Notice _notice = Notice.From(Installation.Request());

    private NoticeDelivery Delivery() => Claimed(NoticeDelivery.Of(_notice.Id, Guid.NewGuid(), Now));

    private static NoticeDelivery Claimed(NoticeDelivery delivery)
    {
        delivery.Claim = Guid.NewGuid();
        return delivery;
    }

    private IReadOnlyList<object> Record(NoticeDelivery claimed, AttemptResult result, params NoticeDelivery[] all)
    {
        var unit = new UnitOfWork();
        if (_notice.State == NoticeStates.Requested)
            _notice.State = NoticeStates.Sending;
        _decisions.Record(unit, new(_notice, all, LastEntry: 1, Attempts: 0), claimed, result, Now);
        return [.. unit.Messages];
    }

    [Fact]
    public void The_first_endpoint_that_takes_it_is_reported_and_the_second_is_not()
    {
        var (one, two) = (Delivery(), Delivery());

        Record(one, Taken, one, two).ShouldHaveSingleItem().ShouldBeOfType<NoticeDelivered>().Attempts.ShouldBe(1);
        Record(two, Taken, one, two).ShouldBeEmpty();

        _notice.State.ShouldBe(NoticeStates.Delivered);
        two.State.ShouldBe(DeliveryStates.Delivered);
    }

    [Fact]
    public void The_first_failure_is_reported_once_and_the_next_attempt_is_due()
    {
        var delivery = Delivery();

        Record(delivery, Broken, delivery).ShouldHaveSingleItem().ShouldBeOfType<NoticeFailing>();
        Record(Claimed(delivery), Broken, delivery).ShouldBeEmpty();

        delivery.Attempts.ShouldBe(2);
        delivery.DueAt.ShouldBe(Now.AddSeconds(30), TimeSpan.FromSeconds(3));
        _notice.State.ShouldBe(NoticeStates.Failing);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(410)]
    public void A_failure_of_an_endpoint_that_was_changed_meanwhile_is_followed_by_an_attempt_at_once(int status)
    {
        var delivery = Delivery();
        var claimed = new NoticeDelivery { Id = delivery.Id, NoticeId = delivery.NoticeId, EndpointId = delivery.EndpointId, Claim = delivery.Claim };
        // So late that it would be given up otherwise.
        delivery.StartedAt = Now.AddHours(-1);
        _notice.State = NoticeStates.Sending;
        var unit = new UnitOfWork();

        _decisions.Record(unit, new(_notice, [delivery], LastEntry: 1, Attempts: 0), claimed, Broken with { Status = status }, Now, endpointChanged: true);

        (delivery.State, delivery.DueAt, delivery.Claim).ShouldBe((DeliveryStates.Pending, Now, null));
        unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<NoticeFailing>();
    }

    [Fact]
    public void A_failure_after_delivery_elsewhere_is_not_reported()
    {
        var (one, two) = (Delivery(), Delivery());
        Record(one, Taken, one, two);

        Record(two, Broken, one, two).ShouldBeEmpty();

        _notice.State.ShouldBe(NoticeStates.Delivered);
        two.State.ShouldBe(DeliveryStates.Pending);
    }

    [Fact]
    public void A_notice_is_undeliverable_when_the_last_of_its_deliveries_is_given_up()
    {
        var (one, two) = (Delivery(), Delivery());
        two.StartedAt = Now.AddHours(-1);

        Record(one, Gone, one, two).ShouldHaveSingleItem().ShouldBeOfType<NoticeFailing>();
        Record(two, Broken, one, two).ShouldHaveSingleItem().ShouldBeOfType<NoticeUndeliverable>().Reason.ShouldBe("ATTEMPTS_EXHAUSTED");
    }

    [Fact]
    public void A_notice_whose_only_endpoint_is_gone_is_undeliverable_at_once_and_not_failing()
    {
        var delivery = Delivery();

        Record(delivery, Gone, delivery).ShouldHaveSingleItem().ShouldBeOfType<NoticeUndeliverable>().Reason.ShouldBe("GONE");
    }

    [Fact]
    public void A_failure_that_comes_after_its_lease_changes_nothing_but_the_journal()
    {
        var delivery = Delivery();
        var late = new NoticeDelivery { Id = delivery.Id, NoticeId = delivery.NoticeId, EndpointId = delivery.EndpointId, Claim = Guid.NewGuid() };

        Record(late, Broken, delivery).ShouldBeEmpty();

        delivery.Attempts.ShouldBe(0);
        delivery.Claim.ShouldNotBeNull();
    }

    [Fact]
    public void A_success_that_comes_after_its_lease_counts()
    {
        var delivery = Delivery();
        var late = new NoticeDelivery { Id = delivery.Id, NoticeId = delivery.NoticeId, EndpointId = delivery.EndpointId, Claim = Guid.NewGuid() };

        Record(late, Taken, delivery).ShouldHaveSingleItem().ShouldBeOfType<NoticeDelivered>();
        Record(delivery, Taken, delivery).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_to_tell_is_reported_at_once()
    {
        var unit = new UnitOfWork();

        _decisions.NobodyToTell(unit, _notice, number: 7);

        unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<NoticeUndeliverable>().Reason.ShouldBe("NO_ENDPOINT");
        _notice.Number.ShouldBe(7);
    }
}
