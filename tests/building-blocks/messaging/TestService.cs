using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Ledger;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

public sealed class Note
{
    public Guid Id { get; set; }
    public Guid About { get; set; }
    public string Text { get; set; } = "";
    public decimal? Amount { get; set; }
    public DateTimeOffset? At { get; set; }
    public DateOnly? Day { get; set; }
    public IReadOnlyList<string>? Tags { get; set; }
}

public sealed class TestDb(DbContextOptions<TestDb> options) : ServiceDb(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddLedger();
        modelBuilder.Entity<Note>(note => note.ToTable("notes").Property(n => n.Tags).IsJson());
        modelBuilder.Entity<Errand>(errand => errand.ToTable("errands").HasKey(e => e.CorrelationId));
        modelBuilder.Entity<Errand>().Property(e => e.CorrelationId).ValueGeneratedNever();
        modelBuilder.Entity<Note>().Property(e => e.Id).ValueGeneratedNever();
        modelBuilder.Entity<Errand>().Property(e => e.Steps).IsJson();
        modelBuilder.UseSnakeCase();
    }
}

/// <summary>What a test tells the handlers of its services.</summary>
public sealed class Told
{
    /// <summary>When an errand's alarm rings.</summary>
    public TimeSpan AlarmAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What <see cref="NoteTaker"/> throws, if anything.</summary>
    public Func<TelephoneReportRecorded, Exception?> Fail { get; set; } = _ => null;
}

/// <summary>Writes one note per report; throws when told to.</summary>
public sealed class NoteTaker(Told told) : IConsumer<TelephoneReportRecorded>, IConsumer<MessageParked>, IConsumer<HandoffOpened>
{
    public Task Consume(ConsumeContext<TelephoneReportRecorded> context)
    {
        context.UnitOfWork().Add(new Note { Id = Guid.CreateVersion7(), About = context.Message.EncounterId, Text = "recorded", At = context.Message.CalledAt });
        return told.Fail(context.Message) is { } exception ? Task.FromException(exception) : Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<HandoffOpened> context) => Task.CompletedTask;

    public Task Consume(ConsumeContext<MessageParked> context)
    {
        context.UnitOfWork().Add(new Note { Id = Guid.CreateVersion7(), About = context.Message.MessageId, Text = $"parked: {context.Message.MessageType} to {context.Message.Destination}" });
        return Task.CompletedTask;
    }
}

/// <summary>One service process's worth of messaging, in this process, over its own database and virtual host.</summary>
public sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app, string owner) => (_app, Database) = (app, NpgsqlDataSource.Create(owner));

    public IServiceProvider Services => _app.Services;
    public UnitStore Store => Services.GetRequiredService<UnitStore>();
    /// <summary>For looking into its tables, as their owner.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Starts it over a migrated database with the given handlers; a service without handlers only sends.</summary>
    public static async Task<TestService> StartAsync(TestDatabase database, string broker, Action<Handlers> handlers, Told told, CancellationToken cancellation,
        params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Database"] = database.ServiceConnectionString,
            ["ConnectionStrings:Broker"] = broker,
            ["PublicAddress"] = "https://test.safeharbor.example",
        });
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.Services.AddSingleton(told);
        builder.AddMessaging<TestDb>(builder.Configuration["Test:Service"] ?? "test", handlers);
        var app = builder.Build();
        await app.StartAsync(cancellation);
        return new TestService(app, database.ConnectionString);
    }

    /// <summary>What the ledger says of an errand's command.</summary>
    public static LedgerEntry OnLedger(Errand errand) => new() { At = DateTimeOffset.UnixEpoch, Action = "errand.commanded", About = errand.CorrelationId.ToString() };

    public async Task<T> ScalarAsync<T>(string sql, CancellationToken cancellation)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 120;
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(cancellation))!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until the query's number satisfies the condition; fails with what it was.</summary>
    public async Task EventuallyAsync(string sql, Func<long, bool> holds, string what, CancellationToken cancellation, int seconds = 30)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        var last = 0L;
        try
        {
            while (!holds(last = await ScalarAsync<long>(sql, limit.Token)))
                await Task.Delay(20, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Assert.Fail($"{what}: after {seconds} s `{sql}` is still {last}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A virtual host that is deleted while a queue in it is being declared takes RabbitMQ 3.10's dead-letter supervisor down, for all of its queues.
        await Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(5));
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }
}
