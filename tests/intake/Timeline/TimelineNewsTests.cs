using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Intake.Timeline;

namespace SafeHarbor.Intake.Tests.Timeline;

/// <summary>How a request waits for news of an encounter.</summary>
public sealed class TimelineNewsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Guid _encounter = Guid.NewGuid();
    private int _looks;

    private Task<int> Look() => Task.FromResult(++_looks);

    private static Task<int> Soon(Task<int> waiting) => waiting.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

    [Fact]
    public async Task News_in_this_process_wakes_those_who_wait_without_any_clock()
    {
        var news = new TimelineNews(new FakeTimeProvider(), _lifetime);
        var waiting = news.UntilAsync(_encounter, Patience, Look, looks => looks == 3, Cancellation);
        _looks.ShouldBe(1);

        news.Tell(Guid.NewGuid());
        news.Tell(_encounter);
        await EventuallyAsync(() => _looks == 2);
        waiting.IsCompleted.ShouldBeFalse();
        news.Tell(_encounter);

        (await Soon(waiting)).ShouldBe(3);
    }

    [Fact]
    public async Task News_that_only_another_instance_knows_is_seen_soon_all_the_same()
    {
        var news = new TimelineNews(TimeProvider.System, _lifetime);

        (await Soon(news.UntilAsync(_encounter, Patience, Look, looks => looks == 2, Cancellation))).ShouldBe(2);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_does_not_take_the_news_from_another()
    {
        var news = new TimelineNews(new FakeTimeProvider(), _lifetime);
        using var gone = new CancellationTokenSource();
        var (other, told) = (0, false);
        var leaving = news.UntilAsync(_encounter, Patience, Look, _ => false, gone.Token);
        var staying = news.UntilAsync(_encounter, Patience, () => Task.FromResult(++other), _ => Volatile.Read(ref told), Cancellation);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Soon(leaving));
        await EventuallyAsync(() => other == 2);
        Volatile.Write(ref told, true);
        news.Tell(_encounter);

        (await Soon(staying)).ShouldBe(3);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_service_lives()
    {
        var news = new TimelineNews(new FakeTimeProvider(), _lifetime);
        var waiting = news.UntilAsync(_encounter, Patience, Look, _ => false, Cancellation);

        _lifetime.StopApplication();

        (await Soon(waiting)).ShouldBe(2);
    }

    private static async Task EventuallyAsync(Func<bool> holds)
    {
        for (var i = 0; !holds(); i++)
        {
            (i < 1000).ShouldBeTrue("It does not become true within 10 s.");
            await Task.Delay(10, Cancellation);
        }
    }
}
