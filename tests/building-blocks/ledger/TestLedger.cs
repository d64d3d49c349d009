using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Verification;
using SafeHarbor.Ledger.Witnesses;
using SafeHarbor.Ledger.Witnesses.Outside;
using SafeHarbor.TestServers;

namespace SafeHarbor.Ledger.Tests;

/// <summary>A ledger in a database of its own, with a key, whose chainer a test runs step by step.</summary>
internal sealed class TestLedger : IAsyncDisposable
{
    public const string Service = "test";

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-test").FullName;
    private readonly LedgerSettings _settings;
    private readonly CheckpointKey _public;
    private readonly LedgerNews _news = new();

    private TestLedger(TestDatabase database, int checkpointEvery, double checkpointSeconds)
    {
        Database = database;
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { CommandTimeout = 0 });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        _public = CheckpointKey.FromPem(key.ExportSubjectPublicKeyInfoPem());
        _settings = Settings(("Ledger:SigningKeyFile", Path.Combine(_folder, "key.pem")), ("Ledger:CheckpointEvery", checkpointEvery.ToString(CultureInfo.InvariantCulture)),
            ("Ledger:CheckpointSeconds", checkpointSeconds.ToString(CultureInfo.InvariantCulture)), ("Ledger:RepeatSeconds", "0"));
        _settings.Load();
        Chainer = NewChainer();
    }

    public TestDatabase Database { get; }
    public NpgsqlDataSource Source { get; }
    public Chainer Chainer { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A ledger that signs after so many links or so many seconds; the times that it really waits are for a test that says so.</summary>
    public static async Task<TestLedger> CreateAsync(int checkpointEvery = 1000, double checkpointSeconds = 3600)
    {
        var ledger = new TestLedger(await TestDatabase.CreateAsync(Cancellation), checkpointEvery, checkpointSeconds);
        var assembly = typeof(TestLedger).Assembly;
        foreach (var migration in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var sql = new StreamReader(assembly.GetManifestResourceStream(migration)!);
            await ledger.ExecuteAsync(await sql.ReadToEndAsync(Cancellation));
        }
        return ledger;
    }

    public static LedgerSettings Settings(params (string Key, string Value)[] settings) => Settings(Environments.Development, settings);

    public static LedgerSettings Settings(string environment, params (string Key, string Value)[] settings) => new(Service, Configuration(settings), new Environment(environment));

    public static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();

    public static IHostEnvironment Production { get; } = new Environment(Environments.Production);

    public Chainer NewChainer(NpgsqlDataSource? source = null) => new(source ?? Source, _settings, _news, new Microseconds(), NullLogger<Chainer>.Instance);

    /// <summary>Adds entries, one transaction each, and returns their ids.</summary>
    public async Task<IReadOnlyList<long>> AddAsync(int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
            ids.Add(await ScalarAsync(Insert));
        return ids;
    }

    public const string Insert = """
        insert into ledger (at, action, organization, subject, report_id, tier, reporter_identity, purpose, facts)
        values (now(), 'report.read', 'county:06037', 'somebody', gen_random_uuid(), 'COUNTY', true, 'emergency response', '{"n": 1}') returning entry_id
        """;

    public async Task LinkAllAsync()
    {
        while (await Chainer.LinkAsync(Cancellation) > 0)
        {
        }
    }

    public Task<VerificationResult> VerifyAsync(params KeptCheckpoint[] kept) => VerifyAsync(Testimony.None, kept);

    public Task<VerificationResult> VerifyAsync(Testimony testimony, params KeptCheckpoint[] kept) =>
        LedgerVerification.RunAsync(Database.AdminConnectionString, Service, new KnownKeys().Add(Service, _public), testimony, kept, Cancellation);

    public WitnessWatch NewWatch(TimeProvider time, string ledger = Service)
    {
        var settings = new LedgerSettings(ledger, Configuration(("Ledger:SigningKeyFile", Path.Combine(_folder, "key.pem"))), new Environment(Environments.Development));
        settings.Load();
        return new(settings, time);
    }

    /// <summary>A file in which a witness outside keeps what it is given.</summary>
    public string WitnessFile => Path.Combine(_folder, "witness.jsonl");

    /// <summary>Links, and gives the witness outside where the chain ends now.</summary>
    public async Task LinkAndTellAsync()
    {
        await LinkAllAsync();
        await new FileWitness(WitnessFile, TimeSpan.Zero).KeepAsync(_news.Newest!, Cancellation);
    }

    /// <summary>The newest checkpoint that was told.</summary>
    public SignedCheckpoint Newest => _news.Newest!;

    /// <summary>As somebody who has the whole server, and whom no trigger stops.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.AdminConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"set session_replication_role = replica; {sql}", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<long> ScalarAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Database.DisposeAsync();
        _settings.Dispose();
        _public.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Microseconds : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() is var now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)) : default;
    }

    private sealed class Environment(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = Service;
        public string ContentRootPath { get; set; } = "";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
