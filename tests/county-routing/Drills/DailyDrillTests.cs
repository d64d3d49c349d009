using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Drills;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.CountyRouting.Tests.Drills;

/// <summary>A county's pack has it drilled every day.</summary>
public sealed class DailyDrillTests : IAsyncLifetime
{
    private static readonly CountyFips Orange = CountyFips.Parse("06059"), Fresno = CountyFips.Parse("06019");
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task It_is_started_at_its_hour_once_a_day_by_whichever_instance_and_by_nobody()
    {
        await PublishAsync("00:00");
        await _service.EventuallyAsync("select count(*) from drills where started_by is null and organization = 'county:06059' and ends_at - started_at = '30 minutes'", 1, "the service starts what a pack asks for", Cancellation);

        // 09:59 in California; both look at another county, over the same database.
        var clock = new FakeTimeProvider(new(2026, 11, 21, 17, 59, 0, TimeSpan.Zero));
        var (one, another) = (Instance(clock), Instance(clock));
        (await one.StartDueAsync(Cancellation)).ShouldBe(0, "its hour has not come");
        clock.Advance(TimeSpan.FromMinutes(1));
        (await one.StartDueAsync(Cancellation)).ShouldBe(1);
        (await one.StartDueAsync(Cancellation)).ShouldBe(0);
        (await another.StartDueAsync(Cancellation)).ShouldBe(0, "the other instance was first");
        clock.Advance(TimeSpan.FromHours(30));
        (await another.StartDueAsync(Cancellation)).ShouldBe(1, "the next day's, late after an outage");
        (await _service.QueryAsync("select count(*)::text from drills where organization = 'county:06019'", Cancellation)).ShouldBe(["2"]);
    }

    private DailyDrills Instance(FakeTimeProvider clock)
    {
        var directory = new CountyDirectory(Maps.California, new(false), clock);
        directory.Load([(Fresno.Text, PackFiles.DefaultsOf(Maps.California)[Fresno] with { DailyDrill = new() { At = "10:00" } })]);
        return new(Maps.California, directory, _service.Services.GetRequiredService<UnitStore>(), clock, NullLogger<DailyDrills>.Instance);
    }

    private async Task PublishAsync(string at)
    {
        using var client = _service.Caller($"county:{Orange}");
        using var read = await client.GetAsync($"/v1/counties/{Orange}", Cancellation);
        var pack = JsonNode.Parse(await read.Content.ReadAsStringAsync(Cancellation))!;
        pack["dailyDrill"] = new JsonObject { ["at"] = at, ["withinMinutes"] = 30 };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/counties/{Orange}") { Content = JsonContent.Create(pack) };
        request.Headers.Add("If-Match", "*");
        using var answer = await client.SendAsync(request, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
