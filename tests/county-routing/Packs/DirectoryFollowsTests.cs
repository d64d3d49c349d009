using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Tests.Packs;

/// <summary>The directory follows the table, and what goes wrong with the table does not end the service.</summary>
public sealed class DirectoryFollowsTests : IAsyncLifetime
{
    private static readonly County LosAngeles = Maps.California.Find(CountyFips.Parse("06037"))!;
    private const string OfTheService = "where datname = current_database() and application_name = 'county-routing'";
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.CreateAsync(Cancellation, sampleData: false);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    private async Task StartAsync()
    {
        await PrepareAsync();
        _service.Start();
        await Eventually(directory => directory.IsLoaded, "the directory is loaded");
    }

    private async Task PrepareAsync()
    {
        foreach (var pack in Maps.SamplePacks)
            await _service.ExecuteAsync($"insert into protocol_packs values ('{pack.CountyFips}', {pack.Version}, '2026-01-01', now(), null, '{JsonSerializer.Serialize(pack, WireFormat.Json)}')", Cancellation);
    }

    private Task Eventually(Func<CountyDirectory, bool> holds, string what) => _service.EventuallyAsync(holds, what, Cancellation);

    private Task AcknowledgeWithin(int minutes, string table = "protocol_packs") => _service.ExecuteAsync(
        $"update {table} set pack = jsonb_set(pack, '{{acknowledgeWithinMinutes}}', '{minutes}') where county_fips = '06037'", Cancellation);

    private async Task<HealthStatus> Health() =>
        (await _service.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["county-directory"].Status;

    private bool IsStopping => _service.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    [Fact]
    public async Task The_service_starts_without_its_tables_and_is_ready_once_they_are_there()
    {
        await _service.DisposeAsync();
        _service = await RunningService.CreateEmptyAsync(Cancellation, sampleData: false);
        _service.Start();
        (await Health()).ShouldBe(HealthStatus.Unhealthy);
        var early = await _service.Caller("county:06037").GetAsync("/v1/counties/06037", Cancellation);
        early.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await _service.MigrateAsync();
        await PrepareAsync();

        await Eventually(directory => directory.IsLoaded && directory.PackOf(LosAngeles).Version == 1, "the directory is loaded");
        (await Health()).ShouldBe(HealthStatus.Healthy);
        IsStopping.ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_made_in_sql_reaches_the_directory_at_once()
    {
        await StartAsync();

        await AcknowledgeWithin(7);
        await Eventually(directory => directory.PackOf(LosAngeles).AcknowledgeWithinMinutes == 7, "the change is in force");
        await _service.ExecuteAsync("delete from protocol_packs", Cancellation);
        await Eventually(directory => directory.PackOf(LosAngeles).Version == 0, "the default is in force");
    }

    [Fact]
    public async Task A_fault_of_the_database_keeps_the_packs_in_force_and_ends_neither_the_reloading_nor_the_service()
    {
        await StartAsync();

        await _service.ExecuteAsync("alter table protocol_packs rename to away", Cancellation);
        await AcknowledgeWithin(8, "away");
        await _service.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity {OfTheService}", Cancellation);
        await _service.EventuallyAsync($"select least(count(*), 1) from pg_stat_activity {OfTheService} and query like 'select concat_ws(%from protocol_packs'", 1, "it reads again, in vain", Cancellation);
        _service.Directory.PackOf(LosAngeles).AcknowledgeWithinMinutes.ShouldNotBe(8);
        await _service.ExecuteAsync("alter table away rename to protocol_packs", Cancellation);

        await Eventually(directory => directory.PackOf(LosAngeles).AcknowledgeWithinMinutes == 8, "it is reloaded");
        IsStopping.ShouldBeFalse();
    }

    [Theory]
    [InlineData("jsonb_set(pack, '{escalation,rungs}', '[]')")]
    [InlineData("jsonb_set(pack, '{escalation}', 'null')")]
    [InlineData("jsonb_set(pack, '{acknowledgeWithinMinutes}', '\"two\"')")]
    [InlineData("'null'::jsonb")]
    [InlineData("'[]'::jsonb")]
    public async Task A_pack_that_cannot_be_used_does_not_get_into_force_and_holds_back_no_other(string pack)
    {
        await StartAsync();
        var before = _service.Directory.PackOf(LosAngeles);

        await _service.ExecuteAsync($"""
            update protocol_packs set pack = {pack} where county_fips = '06037';
            update protocol_packs set pack = jsonb_set(pack, '{"{acknowledgeWithinMinutes}"}', '9') where county_fips = '06059';
            """, Cancellation);

        await Eventually(directory => directory.PackOf(new(CountyFips.Parse("06059"), "Orange")).AcknowledgeWithinMinutes == 9, "the other county's change is in force");
        _service.Directory.PackOf(LosAngeles).Escalation.ShouldBeEquivalentTo(before.Escalation);
        _service.Directory.PackOf(LosAngeles).Version.ShouldBe(before.Version);
    }
}
