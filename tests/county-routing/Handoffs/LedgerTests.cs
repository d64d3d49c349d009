using System.Net.Http.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>Who looks at a handoff, who takes it, and who changes how a county is reached, is on the ledger.</summary>
public sealed class LedgerTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task A_handoff_is_on_the_ledger_from_the_first_look_to_its_acceptance()
    {
        var report = Guid.NewGuid();
        await _service.PublishAsync(new EncounterReported
        {
            EncounterId = Guid.NewGuid(),
            At = DateTimeOffset.UtcNow,
            AgencyOri = "CA0194200",
            Location = new(34.05, -118.25, 15),
            Urgency = Urgencies.Immediate,
            Reports = [new() { ReportId = report, ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female" }],
        }, Cancellation);
        await _service.EventuallyAsync("select count(*) from handoffs", 1, "a handoff", Cancellation);
        var id = (await ScalarAsync("select correlation_id::text from handoffs"))!;
        using var county = _service.Caller("county:06037");

        await county.GetStringAsync("/v1/handoffs", Cancellation);
        await county.GetStringAsync($"/v1/handoffs/{id}", Cancellation);
        (await county.PostAsJsonAsync($"/v1/handoffs/{id}/acknowledge", new { }, Cancellation)).EnsureSuccessStatusCode();
        (await county.PostAsJsonAsync($"/v1/handoffs/{id}/accept", new { }, Cancellation)).EnsureSuccessStatusCode();
        using var stranger = _service.Caller("county:06059");
        (await stranger.PostAsJsonAsync($"/v1/handoffs/{id}/accept", new { }, Cancellation)).IsSuccessStatusCode.ShouldBeFalse();

        (await ScalarAsync("select string_agg(action, ' ' order by entry_id) from ledger where organization = 'county:06037' and subject is not null"))
            .ShouldBe("handoffs.listed handoff.read handoff.acknowledged handoff.accepted");
        (await ScalarAsync($"select count(*)::text from ledger where report_id = '{report}' and about = '{id}'")).ShouldBe("3");
        (await ScalarAsync("select count(*)::text from ledger where organization = 'county:06059'")).ShouldBe("0");
    }

    [Fact]
    public async Task A_pack_that_a_county_publishes_is_on_the_ledger_by_whoever_sent_it()
    {
        using var county = _service.Caller("county:06059");
        county.DefaultRequestHeaders.Add("If-Match", "\"1\"");
        var pack = new { acknowledgeWithinMinutes = 5, escalation = new { rungs = new[] { new { afterMinutes = 0, organization = "county:06059" } } } };
        (await county.PutAsJsonAsync("/v1/counties/06059?dryRun=true", pack, Cancellation)).EnsureSuccessStatusCode();

        (await county.PutAsJsonAsync("/v1/counties/06059", pack, Cancellation)).EnsureSuccessStatusCode();

        (await ScalarAsync("""
            select string_agg(organization || ' ' || about || ' ' || (facts ->> 'version'), ', ') from ledger
            where action = 'directory.changed' and (organization is not null or about = '06059' and facts ->> 'version' <> '1')
            """)).ShouldBe("county:06059 06059 2");
    }

    [Fact]
    public async Task A_pack_that_is_changed_in_the_database_is_on_the_ledger_by_the_databases_user()
    {
        await _service.ExecuteAsync("delete from protocol_packs where county_fips = '06059'; update protocol_packs set version = 9 where county_fips = '06067'", Cancellation);

        (await ScalarAsync("""
            select string_agg(about || ' ' || (facts ->> 'change') || ' ' || coalesce(facts ->> 'version', ''), ', ' order by entry_id) from ledger
            where action = 'directory.changed' and subject <> session_user and facts ->> 'change' <> 'insert'
            """)).ShouldBe("06059 delete , 06067 update 9");
    }

    private async Task<string?> ScalarAsync(string sql)
    {
        await using var command = _service.Database.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }
}
