using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What an instance costs that has nothing to do.</summary>
public sealed class IdleTests : ServiceTest
{
    private const string ModelIsBuilt = "Entity Framework Core";

    [Fact]
    public async Task An_idle_instance_asks_one_question_at_a_time_and_does_not_build_the_model()
    {
        Installation.LogEverything();
        await Installation.MigrateAsync();
        using var statements = new Statements(Installation.Database);

        var app = await StartAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (statements.All.Count < 3)
            await Task.Delay(20, limit.Token);

        statements.All.Distinct().ShouldHaveSingleItem().ShouldContain("from notices");
        Installation.Log.Where(line => line.Contains(ModelIsBuilt, StringComparison.Ordinal)).ShouldBeEmpty();

        await RegisterAsync(app, Receiver.Url());
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        await Receiver.WaitAsync(1, Cancellation);
        Installation.Log.ShouldContain(line => line.Contains(ModelIsBuilt, StringComparison.Ordinal));
    }
}
