using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>An officer's call finds the handoff of the county that was called, whichever of the two was there first.</summary>
public sealed class OfficerCallJourneyTests : IAsyncLifetime
{
    private const string LosAngeles = "county:06037", Orange = "county:06059";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds());
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task One_that_overtakes_its_report_waits_until_that_is_routed()
    {
        var encounter = Encounter(34.05, -118.25);
        await _service.PublishAsync(Called(encounter), Cancellation);
        await _service.EventuallyAsync("select count(*) from officer_calls", 1, "the call is kept", Cancellation);
        await _service.PublishAsync(encounter, Cancellation);

        await ClockRunsAsync();
    }

    [Fact]
    public async Task One_that_was_made_while_the_desk_decides_counts_once_it_has_decided()
    {
        var encounter = Encounter(null, null);
        await _service.PublishAsync(encounter, Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items", 1, "the desk is asked", Cancellation);
        await _service.PublishAsync(Called(encounter), Cancellation);
        await _service.EventuallyAsync("select count(*) from officer_calls", 1, "the call is kept", Cancellation);

        using var assigned = await _service.Caller("state:ca").PostAsJsonAsync($"/v1/desk/{HandoffIds.DeskItem(encounter.EncounterId)}/assign", new { organization = LosAngeles }, Cancellation);
        assigned.StatusCode.ShouldBe(HttpStatusCode.OK);

        await ClockRunsAsync();
    }

    [Fact]
    public async Task One_that_was_to_a_county_to_which_the_report_is_referred_on_later_counts_there_and_nowhere_else()
    {
        // Santa Ana.
        var encounter = Encounter(33.7455, -117.8677);
        await _service.PublishAsync(encounter, Cancellation);
        await _service.PublishAsync(Called(encounter, LosAngeles), Cancellation);
        await _service.EventuallyAsync("select count(*) from handoffs where jsonb_array_length(calls) = 1 and organization = 'county:06059' and called_response is null", 1, "Orange knows that it was not called", Cancellation);
        var handoff = HandoffIds.Handoff(encounter.Reports[0].ReportId, Organization.Parse(Orange));

        using var referred = await _service.Caller(Orange).PostAsJsonAsync($"/v1/handoffs/{handoff}/refer-on", new { organization = LosAngeles, reason = ReferralReasons.ChildIsThere }, Cancellation);
        referred.StatusCode.ShouldBe(HttpStatusCode.OK);

        await ClockRunsAsync();
    }

    private async Task ClockRunsAsync()
    {
        await _service.EventuallyAsync("select count(*) from handoffs where called_response is not null and organization = 'county:06037'", 1, "the clock runs", Cancellation);
        var page = await _service.Caller(LosAngeles).GetFromJsonAsync<JsonElement>("/v1/handoffs", Cancellation);
        page.GetProperty("items")[0].GetProperty("calledResponse").GetProperty("inPersonBy").GetDateTimeOffset().ShouldBe(At.AddMinutes(90));
    }

    private static TelephoneReportRecorded Called(EncounterReported encounter, string? whom = null) =>
        new() { EncounterId = encounter.EncounterId, At = DateTimeOffset.UtcNow, CalledAt = At, Organization = whom is null ? null : Organization.Parse(whom) };

    private static EncounterReported Encounter(double? latitude, double? longitude) => new()
    {
        EncounterId = Guid.NewGuid(),
        At = DateTimeOffset.UtcNow,
        // An agency of the whole state: where it is says nothing.
        AgencyOri = "CA0349900",
        Location = latitude is null ? null : new(latitude.Value, longitude!.Value, 15),
        Urgency = Urgencies.Immediate,
        Reports = [new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [] }],
    };
}
