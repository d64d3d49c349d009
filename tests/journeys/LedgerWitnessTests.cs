using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Verification;

namespace SafeHarbor.Journeys.Tests;

/// <summary>Services are each other's witnesses: whoever has one database, and rewrites its ledger, is shown by the others, at once and for ever.</summary>
public sealed class LedgerWitnessTests(NodeKillTests.Quiet world) : IClassFixture<NodeKillTests.Quiet>
{
    private const string Intake = "intake";
    private const string Routing = "county-routing";
    private const string Cut = """
        alter table ledger disable trigger user; alter table ledger_links disable trigger user; alter table ledger_checkpoints disable trigger user;
        delete from ledger where entry_id in (select entry_id from ledger_links order by position desc limit 5);
        delete from ledger_checkpoints where position > (select max(position) - 5 from ledger_links);
        delete from ledger_links where position > (select max(position) - 5 from ledger_links);
        alter table ledger enable trigger user; alter table ledger_links enable trigger user; alter table ledger_checkpoints enable trigger user
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_that_is_cut_off_by_whoever_has_its_database_is_shown_by_the_other_service_and_told_as_soon_as_it_goes_on()
    {
        for (var i = 0; i < 6; i++)
            await ReadAsync();
        await WitnessedAsync(Intake, by: Routing);
        await WitnessedAsync(Routing, by: Intake);

        foreach (var ledger in (string[])[Intake, Routing])
        {
            var sound = await VerifyAsync(ledger);
            sound.Findings.ShouldBeEmpty();
            sound.Witnesses.Select(w => w.Witness).ShouldBe([ledger == Intake ? Routing : Intake]);
            (sound.VerifiedAt - sound.WitnessedUntil!.Value).ShouldBeLessThan(TimeSpan.FromMinutes(2));
        }

        var before = await NumberAsync(Intake, "select max(position) from ledger_links");
        await TamperAsync(Intake, Cut);

        (await VerifyAsync(Intake, alone: true)).Findings.ShouldBeEmpty("its own database shows nothing");
        var cut = await VerifyAsync(Intake);
        cut.Findings.ShouldContain(f => f.Kind == FindingKind.MissingCheckpoint && f.Position == before);
        cut.Findings.ShouldContain(f => f.Kind == FindingKind.CutOffChain && f.Position == before && f.Text.Contains("that county-routing kept", StringComparison.Ordinal));

        await ReadAsync();
        await UntilAsync(Routing, "select count(*) from ledger_contradictions where ledger = 'intake'", 1);
        (await VerifyAsync(Intake)).Findings.ShouldContain(f => f.Kind == FindingKind.WentBack);
        (await HealthAsync("Degraded")).ShouldBe("Degraded", "whoever runs the system is told");
        // What comes later than what was cut off hides nothing.
        for (var i = 0; i < 8; i++)
            await ReadAsync();
        await WitnessedAsync(Intake, by: Routing);
        (await VerifyAsync(Intake)).Findings.Select(f => f.Kind).ShouldContain(FindingKind.WentBack);

        // Nor does whoever has the witness's database put words into its mouth.
        await TamperAsync(Intake, "alter table ledger_witnessed disable trigger user; update ledger_witnessed set witnessed_at = witnessed_at + interval '1 second' where position = (select max(position) from ledger_witnessed)");
        (await VerifyAsync(Routing)).Findings.ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.FalseWitness);
    }

    private async Task ReadAsync()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles), Cancellation);
        var id = receipt.GetProperty("encounterId").GetString()!;
        await world.TimelineAsync(id, t => t.Any(e => e.Type == "disclosure.granted.v1"), "the county may read", Cancellation);
        // The desk's list is on county-routing's ledger.
        (await world.Api.GetAsync(world.Installation.CountyRouting, "state:ca", "/v1/desk", Cancellation)).IsSuccess.ShouldBeTrue();
    }

    /// <summary>Everything is linked, signed, and known to the other.</summary>
    private async Task WitnessedAsync(string ledger, string by)
    {
        await UntilAsync(ledger, "select (select count(*) from ledger_unlinked) + (select count(*) from ledger_links where position > (select coalesce(max(position), 0) from ledger_checkpoints))", 0);
        await UntilAsync(by, $"select count(*) from ledger_witnessed where ledger = '{ledger}' and position = {await NumberAsync(ledger, "select max(position) from ledger_checkpoints")}", 1);
    }

    private async Task<VerificationResult> VerifyAsync(string ledger, bool alone = false)
    {
        var keys = new KnownKeys();
        foreach (var service in world.Installation.Databases.Keys)
            keys.Add(service, CheckpointKey.FromPem(await File.ReadAllTextAsync(world.Installation.Keys.LedgerPublicKeyFile(service), Cancellation)));
        var testimony = new List<Testimony>();
        foreach (var (witness, database) in alone ? new Dictionary<string, string>() : world.Installation.Databases)
            testimony.Add(await WitnessDatabase.ReadAsync(database, witness, ledger, Cancellation));
        return await LedgerVerification.RunAsync(world.Installation.Databases[ledger], ledger, keys, Testimony.Of(testimony), [], Cancellation);
    }

    private async Task<string?> HealthAsync(string awaited)
    {
        using var client = new HttpClient();
        for (var end = DateTime.UtcNow.AddMinutes(1); ; await Task.Delay(200, Cancellation))
        {
            using var answer = await client.GetAsync(new Uri(world.Installation.CountyRouting.Address, "/health/ready"), Cancellation);
            var state = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("checks").GetProperty("ledger-witnesses").GetString();
            if (state == awaited || DateTime.UtcNow > end)
                return state;
        }
    }

    private async Task TamperAsync(string service, string sql)
    {
        await using var connection = new NpgsqlConnection(world.Installation.Databases[service]);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<long> NumberAsync(string service, string sql) => long.Parse((await world.QueryAsync(service, sql, Cancellation))[0], CultureInfo.InvariantCulture);

    private async Task UntilAsync(string service, string sql, long expected)
    {
        var actual = -1L;
        for (var end = DateTime.UtcNow.AddMinutes(1); (actual = await NumberAsync(service, sql)) != expected && DateTime.UtcNow < end;)
            await Task.Delay(50, Cancellation);
        actual.ShouldBe(expected, $"{service}: {sql}");
    }
}
