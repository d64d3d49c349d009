using System.Text.Json;
using Npgsql;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.TestServers;

namespace SafeHarbor.Journeys.Tests;

/// <summary>One entry of a timeline.</summary>
internal sealed record Entry(string Type, JsonElement Data);

/// <summary>The whole system as processes, with everybody who uses it. Shared by the tests of a class that do not break anything.</summary>
public class World : IAsyncLifetime
{
    internal const string Officer = "le:CA0194200";

    internal Installation Installation { get; private set; } = null!;
    internal Api Api { get; private set; } = null!;
    internal People People { get; private set; } = null!;

    /// <summary>Which services run from the beginning.</summary>
    internal IReadOnlyList<ServiceKind> StartsWith { get; init; } = ServiceKind.All;

    /// <summary>Who reports.</summary>
    internal string Reporter { get; init; } = Officer;

    /// <summary>Who registers an endpoint and acts.</summary>
    internal IReadOnlyList<string> Organizations { get; init; } = People.OfCalifornia;

    /// <summary>Every report is a test.</summary>
    internal bool IsSandbox { get; init; }

    /// <summary>Configuration on top of the usual.</summary>
    internal Dictionary<string, string?> Environment { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = InstallationPlan.ForTests(Checkout.Find(), await ServersAsync(cancellation)) with { Environment = Environment, StartedAtOnce = StartsWith, IsSandbox = IsSandbox };
        Installation = await Installation.StartAsync(plan, cancellation);
        Api = new Api(Installation);
        if (StartsWith.Contains(ServiceKind.Notification))
            await PeopleArriveAsync(cancellation);
    }

    /// <summary>Counties and providers register their endpoints and begin to act.</summary>
    internal virtual async Task PeopleArriveAsync(CancellationToken cancellation) => People = await People.ArriveAsync(Installation, Api, Organizations, cancellation);

    private protected virtual Task<ServerPair> ServersAsync(CancellationToken cancellation) => Servers.GetAsync(cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        if (People is not null)
            await People.DisposeAsync();
        Api?.Dispose();
        if (Installation is not null)
            await Installation.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reports an encounter until it is accepted, under one idempotency key; the receipt.</summary>
    internal async Task<JsonElement> ReportAsync(object encounter, CancellationToken cancellation)
    {
        var answer = await Api.PostAsync(Installation.Intake, Reporter, "/v1/encounters", encounter, cancellation, Guid.NewGuid().ToString());
        answer.IsSuccess.ShouldBeTrue($"the encounter is accepted: {answer.Body}");
        return answer.Body;
    }

    /// <summary>The encounter's timeline once it holds; fails after two minutes with what it is then.</summary>
    internal async Task<IReadOnlyList<Entry>> TimelineAsync(string encounterId, Func<IReadOnlyList<Entry>, bool> holds, string what, CancellationToken cancellation)
    {
        for (var end = DateTime.UtcNow.AddMinutes(2); ;)
        {
            var answer = await Api.GetAsync(Installation.Intake, Reporter, $"/v1/encounters/{encounterId}", cancellation);
            Entry[] entries = [.. answer.Body.GetProperty("timeline").EnumerateArray().Select(e => new Entry(e.GetProperty("type").GetString()!, e.GetProperty("data")))];
            if (holds(entries))
                return entries;
            if (DateTime.UtcNow > end)
                Assert.Fail($"{what}: the timeline of {encounterId} is {string.Join(", ", entries.Select(e => e.Type))}. {string.Join("; ", People?.Surprises ?? [])}");
            await Task.Delay(200, cancellation);
        }
    }

    /// <summary>Numbers of a service's database.</summary>
    internal async Task<IReadOnlyList<string>> QueryAsync(string service, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(Installation.Databases[service]);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));
        return rows;
    }
}
