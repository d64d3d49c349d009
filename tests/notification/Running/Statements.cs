using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>What a database is asked about notices and deliveries, in order; a batch is one question, as it is one round trip.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<string> _all = new();

    public Statements(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var values = activity.TagObjects.Select(tag => tag.Value).OfType<string>().ToList();
                var question = values.Find(v => v.Contains("from notices", StringComparison.OrdinalIgnoreCase)
                    || v.Contains("deliveries", StringComparison.OrdinalIgnoreCase));
                if (values.Contains(database) && question is not null)
                    _all.Enqueue(question);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<string> All => [.. _all];

    /// <summary>Those that record decisions about deliveries.</summary>
    public int Conclusions => _all.Count(s => s.Contains("insert into \"deliveries\"", StringComparison.Ordinal));

    /// <summary>Those that read notices in order to decide.</summary>
    public int Readings => _all.Count(s => s.Contains("from unnest($1) wanted", StringComparison.Ordinal));

    /// <summary>Those that take what is due.</summary>
    public int Takes => _all.Count(s => s.Contains("skip locked", StringComparison.Ordinal));

    public void Dispose() => _listener.Dispose();
}
