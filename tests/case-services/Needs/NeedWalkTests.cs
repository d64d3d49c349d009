using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.CaseServices.Tests.Needs;

/// <summary>Random walks of a need: whatever comes, in whatever order.</summary>
public sealed class NeedWalkTests
{
    [Fact]
    public void Whoever_waits_has_a_live_timer_and_one_provider_at_most_gets_the_need() => Prop.ForAll(Gen.Elements(Walk.Events).ListOf().ToArbitrary(), events =>
    {
        var walk = new Walk();
        var (started, accepted, granted) = (new HashSet<Guid>(), 0, 0);
        foreach (var name in events)
        {
            walk.RaiseAsync(name).GetAwaiter().GetResult();
            started.UnionWith(walk.Unit.Timers.Select(timer => timer.Message switch { OfferRanOut m => m.OfferId, RemindOfNeed m => m.Reminder, _ => Guid.Empty }));
            accepted += walk.Unit.Messages.Count(m => m is OfferAccepted);
            granted += walk.Unit.Messages.Count(m => m is DisclosureGranted);

            var need = walk.Need;
            (need.Reminder is { } reminder && started.Contains(reminder)).ShouldBe(walk.State is "Accepted" or "Unfilled", $"after {name} the need is {walk.State}");
            (need.OfferId is { } offer && need.AcceptedBy is null && started.Contains(offer)).ShouldBe(walk.State == "Offered");
            (need.AcceptedBy is not null).ShouldBe(walk.State is "Accepted" or "Engaged" or "Completed");
            accepted.ShouldBe(need.AcceptedBy is null ? 0 : 1);
            (granted > 0).ShouldBe(accepted > 0, "who has accepted reads, and nobody else");
            (need.ReadsUntil is null || need.AcceptedBy is not null).ShouldBeTrue();
        }
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));
}
