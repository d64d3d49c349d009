using System.Data.Common;
using System.Text.Json;
using Npgsql;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>
/// Keeps the directory in memory equal to the table: a trigger notifies every instance of a change when it commits, and a slow reload is the
/// net under that. With sample data switched on it first stores the sample packs that are missing.
/// </summary>
internal sealed partial class DirectoryLoader(NpgsqlDataSource database, CountyDirectory directory, IConfiguration configuration,
    ILogger<DirectoryLoader> log) : BackgroundService
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StoreSamplesAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or TimeoutException or IOException or InvalidOperationException or OperationCanceledException)
            {
                Interrupted(failure.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand("listen safeharbor_directory", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            await ReloadAsync(cancellation);
            await connection.WaitAsync(AtLeastEvery, cancellation);
        }
    }

    // On another connection: a notification that came in while this one reads would be taken for read.
    private async Task ReloadAsync(CancellationToken cancellation)
    {
        List<(string CountyFips, ProtocolPack? Pack)> kept = [];
        await using (var command = database.CreateCommand("select county_fips, pack from protocol_packs"))
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
        {
            while (await rows.ReadAsync(cancellation))
                kept.Add((rows.GetString(0), Read(rows.GetString(1))));
        }
        foreach (var county in directory.Load(kept))
            Refused(county);
    }

    private static ProtocolPack? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ProtocolPack>(json, WireFormat.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task StoreSamplesAsync(CancellationToken cancellation)
    {
        if (!configuration.GetValue<bool>("SafeHarbor:SampleData"))
            return;
        await using var insert = database.CreateCommand("""
            insert into protocol_packs (county_fips, version, pack)
            select county_fips, version, pack from unnest($1::text[], $2::integer[], $3::jsonb[]) t(county_fips, version, pack)
            on conflict (county_fips) do nothing
            """);
        insert.Parameters.Add(new() { Value = SamplePacks.All.Select(p => p.CountyFips).ToArray() });
        insert.Parameters.Add(new() { Value = SamplePacks.All.Select(p => p.Version).ToArray() });
        insert.Parameters.Add(new() { Value = SamplePacks.All.Select(p => JsonSerializer.Serialize(p, WireFormat.Json)).ToArray(), DataTypeName = "jsonb[]" });
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The county directory cannot be reloaded for the moment: {Failure}. The packs already loaded stay in force.")]
    private partial void Interrupted(string failure);

    [LoggerMessage(LogLevel.Error, "The protocol pack of county {CountyFips} cannot be used; the one before it, or else the state's default, is in force. Correct its row in protocol_packs.")]
    private partial void Refused(string countyFips);
}
