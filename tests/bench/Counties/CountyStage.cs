using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Counties;

/// <summary>County-routing alone, as itself: its own role, its own rights. Intake runs until there are handoffs to make more of.</summary>
internal sealed class CountyStage : IAsyncDisposable
{
    /// <summary>Where the reports come from, and so the county that has most.</summary>
    public const string LargeCounty = "county:06037";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly object Nothing = new { };

    private readonly InstallationPlan _plan;
    private readonly Installation _installation;

    private CountyStage(InstallationPlan plan, Installation installation) => (_plan, _installation, Apis) = (plan, installation, new(installation));

    public PublicApis Apis { get; }

    /// <summary>The broker's address for its administrator.</summary>
    public string Broker => _installation.Broker;

    public int Pid => _installation.CountyRouting.Process!.Pid;

    /// <summary>The service and its servers.</summary>
    public IEnumerable<int> Processes => [Pid, .. _plan.Servers.PostgresProcesses.Concat(_plan.Servers.RabbitMqProcesses).Select(process => process.Pid)];

    public static async Task<CountyStage> OpenAsync(Checkout checkout, ServerPair servers, CancellationToken cancellation)
    {
        var plan = InstallationPlan.ForTests(checkout, servers) with { StartedAtOnce = [ServiceKind.Intake, ServiceKind.CountyRouting] };
        return new(plan, await Installation.StartAsync(plan, cancellation));
    }

    /// <summary>Reports two children: one handoff stays as it was opened, the other is seen through to its end. Then nothing more comes from anywhere.</summary>
    public async Task<(Guid Open, Guid Closed)> OpenTwoAsync(CancellationToken cancellation)
    {
        var officer = new Officer(Apis);
        var open = await HandoffOfAsync((await officer.ReportAsync(ReportKind.Plain, cancellation)).EncounterId, cancellation);
        var closed = await HandoffOfAsync((await officer.ReportAsync(ReportKind.Plain, cancellation)).EncounterId, cancellation);
        await ActAsync("accept", Nothing);
        await ActAsync("determine-response", new { level = "IMMEDIATE" });
        await ActAsync("record-in-person", new { at = DateTimeOffset.UtcNow });
        await ActAsync("close", new { reason = "CASE_OPENED" });
        await _installation.Intake.StopAsync();
        return (open, closed);

        async Task ActAsync(string verb, object body)
        {
            var answer = await Apis.PostAsync(ServiceKind.CountyRouting, LargeCounty, $"/v1/handoffs/{closed}/{verb}", body, cancellation);
            if (!answer.IsSuccess)
                throw new InvalidOperationException($"{verb} was refused: {answer.Status} {answer.Text}");
        }
    }

    /// <summary>County-routing's database for the administrator, whom no right and no trigger holds up.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_plan.Servers.Postgres) { Database = _plan.DatabaseOf(ServiceKind.CountyRouting), CommandTimeout = 600, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public async Task<T> QueryAsync<T>(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var connection = await ConnectAsync(cancellation);
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(cancellation) is T found ? found : default!;
    }

    /// <summary>Runs a statement that gives handoffs and instants.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> InstantsAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var connection = await ConnectAsync(cancellation);
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<Guid, DateTimeOffset>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        Apis.Dispose();
        await _installation.DisposeAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return command;
    }

    private async Task<Guid> HandoffOfAsync(Guid encounter, CancellationToken cancellation)
    {
        for (var end = DateTime.UtcNow + Patience; DateTime.UtcNow < end; await Task.Delay(100, cancellation))
            if (await QueryAsync<Guid>("select correlation_id from handoffs where encounter_id = $1", cancellation, encounter) is var found && found != Guid.Empty)
                return found;
        throw new TimeoutException($"No handoff of {encounter} was opened.");
    }
}
