using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A replica follows its table, whatever happens while it reads and whatever a row holds.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private readonly Words _words = new();
    private readonly ErrorLog _log = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource _source = null!;
    private ReplicaFollower? _follower;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Cancellation);
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        await Migrating.ApplyAsync<TestDb>(_database.ConnectionString, TestStates.California);
        await ExecuteAsync("""
            create table words (id text primary key, word text);
            create trigger tell_replicas after insert or update or delete or truncate on words for each statement execute function tell_replicas();
            insert into words values ('a', 'old'), ('b', 'old');
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await (_follower?.StopAsync(Cancellation) ?? Task.CompletedTask);
        _follower?.Dispose();
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_notification_that_comes_while_it_reads_is_not_lost()
    {
        _words.Go.Reset();
        await FollowAsync();
        await _words.Began.WaitAsync(Cancellation);

        await ExecuteAsync("update words set word = 'new'");
        _words.Go.Set();

        await EventuallyAsync(() => _words["a"] == "new");
    }

    [Fact]
    public async Task A_row_that_cannot_be_used_keeps_its_last_value_and_stops_no_other()
    {
        await FollowAsync();
        await EventuallyAsync(() => _words.IsLoaded);

        await ExecuteAsync("update words set word = null where id = 'a'; update words set word = 'new' where id = 'b'");

        await EventuallyAsync(() => _words["b"] == "new");
        _words["a"].ShouldBe("old");
        _log.Errors.ShouldContain(error => error.Contains("row a of words", StringComparison.Ordinal));

        await ExecuteAsync("update words set word = 'unusable' where id = 'b'; insert into words values ('c', 'new')");
        await EventuallyAsync(() => _words["c"] == "new");
        _words["b"].ShouldBe("new");

        await ExecuteAsync("truncate words");
        await EventuallyAsync(() => _words["a"] is null);
    }

    [Fact]
    public async Task Samples_are_added_where_they_are_missing()
    {
        await FollowAsync(("SafeHarbor:SampleData", "true"));

        await EventuallyAsync(() => _words["sample"] == "word");
        _words["a"].ShouldBe("old");
    }

    [Fact]
    public async Task Samples_that_are_wrong_are_told_with_what_is_wrong()
    {
        _words.SamplesAreWrong = true;
        await FollowAsync(("SafeHarbor:SampleData", "true"));

        await EventuallyAsync(() => _log.Errors.Any(error => error.Contains("samples for the table words", StringComparison.Ordinal) && error.Contains("words.yaml, line 3", StringComparison.Ordinal)));
    }

    private async Task FollowAsync(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
        _follower = new(_words, _source, configuration, _log);
        await _follower.StartAsync(Cancellation);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    // Less than the slow reading would take, so that only a notification can be in time.
    private static async Task EventuallyAsync(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!holds())
            await Task.Delay(20, limit.Token);
    }

    private sealed class Words() : Replica<string>("words", "id, word")
    {
        public SemaphoreSlim Began { get; } = new(0);
        public ManualResetEventSlim Go { get; } = new(true);
        public string? this[string id] => IsLoaded ? Rows.GetValueOrDefault(id) : null;

        public bool SamplesAreWrong { get; set; }

        public override IEnumerable<object> Samples =>
            SamplesAreWrong ? throw new StartRefusedException("words.yaml, line 3: a word is missing.") : [new { id = "a", word = "sample" }, new { id = "sample", word = "word" }];

        protected override string? Read(DbDataReader row)
        {
            Began.Release();
            Go.Wait(Cancellation);
            return row.GetString(1);
        }

        protected override bool CanBeUsed(string key, string row) => row != "unusable";
    }

    private sealed class ErrorLog : ILogger<ReplicaFollower>
    {
        public ConcurrentQueue<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Errors.Enqueue(formatter(state, exception));
    }
}
