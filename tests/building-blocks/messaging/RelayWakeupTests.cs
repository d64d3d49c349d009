namespace SafeHarbor.Messaging.Tests;

[Collection(Alone.Name)]
public sealed class RelayWakeupTests : MessagingTest
{
    [Fact]
    public async Task What_one_instance_commits_wakes_the_other_that_relays_it()
    {
        await using var one = await Start(_ => { });
        await using var two = await Start(_ => { });
        await one.EventuallyAsync(Lanes.OfTheFewest, n => n == 8, "each relays half of the lanes", Cancellation);
        using var lag = new Measured(Instruments.RelayLag);

        // One after the other, so that none is found by a look that another caused; half of them are the other instance's.
        foreach (var _ in Enumerable.Range(0, 50))
        {
            await Publish(one, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
            await one.EventuallyAsync("select count(*) from outbox", n => n == 0, "it is sent", Cancellation);
        }

        lag.Sorted.Length.ShouldBe(50);
        lag.Sorted[^1].ShouldBeLessThan(1.5, "the relay's net of 2 s is not what sends them");
    }
}
