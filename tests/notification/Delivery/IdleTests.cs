using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What an instance costs that has nothing to do.</summary>
public sealed class IdleTests : ServiceTest
{
    private const string ModelIsBuilt = "Entity Framework Core";

    [Fact]
    public async Task An_idle_instance_asks_one_question_at_a_time_and_does_not_build_the_model()
    {
        // Which takes the model.
        await Installation.MigrateAsync();
        Installation.Log.ShouldContain(line => line.Contains(ModelIsBuilt, StringComparison.Ordinal));
        Installation.Log.Clear();
        var questions = new ConcurrentQueue<string>();
        using var listener = Listen(new NpgsqlConnectionStringBuilder(Installation.Database).Database!, questions);

        var app = await StartAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (questions.Count < 3)
            await Task.Delay(20, limit.Token);

        questions.Distinct().ShouldHaveSingleItem().ShouldContain("from notices");
        Installation.Log.Where(line => line.Contains(ModelIsBuilt, StringComparison.Ordinal)).ShouldBeEmpty();

        await RegisterAsync(app, Receiver.Url());
        await Installation.PublishAsync(app, Cancellation, Installation.Request());
        await Receiver.WaitAsync(1, Cancellation);
        Installation.Log.ShouldContain(line => line.Contains(ModelIsBuilt, StringComparison.Ordinal));
    }

    /// <summary>Collects the statements that this database is sent about notices and deliveries.</summary>
    private static ActivityListener Listen(string database, ConcurrentQueue<string> questions)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var values = activity.TagObjects.Select(tag => tag.Value).OfType<string>().ToList();
                var question = values.Find(v => v.Contains("from notices", StringComparison.OrdinalIgnoreCase)
                    || v.Contains("deliveries", StringComparison.OrdinalIgnoreCase));
                if (values.Contains(database) && question is not null)
                    questions.Enqueue(question);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
