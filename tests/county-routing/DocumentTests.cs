using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests;

public sealed class DocumentTests : IAsyncLifetime
{
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task What_the_document_shows_can_be_sent_and_is_answered_as_it_says()
    {
        var encounter = Guid.CreateVersion7();
        await _service.PublishAsync(new EncounterReported
        {
            EncounterId = encounter,
            At = DateTimeOffset.UtcNow,
            AgencyOri = "CA0194200",
            Urgency = Urgencies.Prompt,
            Reports = [new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = Genders.Female }],
        }, Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'WAITING'", 1, "it waits", Cancellation);

        await Sent("county:06037", "explainJurisdiction");
        await Sent("county:06037", "listCounties");
        await Sent("county:06037", "getCounty", "06037");
        await Sent("county:06037", "publishPack", "06037", "\"1\"");
        (await Sent("county:06037", "listPackVersions", "06037"))!["items"]!.AsArray().Count.ShouldBe(2);
        var item = (await Sent("state:ca", "listDesk"))!["items"]![0]!["deskItemId"]!.GetValue<Guid>();
        await Sent("state:ca", "assignDeskItem", item);
        await Sent("state:ca", "getDeskItem", item);
        await Sent("state:ca", "getJurisdiction", encounter);
        await _service.EventuallyAsync("select count(*) from handoffs where basis = 'DESK'", 1, "it is handed off", Cancellation);
        await _service.PublishAsync(new TelephoneReportRecorded { EncounterId = encounter, At = DateTimeOffset.UtcNow, CalledAt = DateTimeOffset.UtcNow.AddMinutes(-1) }, Cancellation);
        await _service.EventuallyAsync("select count(*) from handoffs where called_response is not null", 1, "the call is counted", Cancellation);
        var handoff = (await Sent("county:06037", "listHandoffs"))!["items"]![0]!["handoffId"]!.GetValue<Guid>();
        await Sent("county:06037", "acknowledgeHandoff", handoff);
        await Sent("county:06037", "acceptHandoff", handoff);
        await Sent("county:06037", "renewAccess", handoff);
        await Sent("county:06037", "determineResponse", handoff);
        await Sent("county:06037", "recordInPerson", handoff);
        await Sent("county:06037", "closeHandoff", handoff);
        (await Sent("county:06037", "determineResponse", handoff))!["state"]!.GetValue<string>().ShouldBe("RESPONSE_DETERMINED");
        await Sent("county:06037", "referOnHandoff", handoff);
        await Sent("county:06037", "getHandoff", handoff);
        await _service.PublishAsync(new NodeAlive { Node = "los-angeles", Organizations = [Organization.Parse("county:06037")], Waiting = 12, Link = "https://node.county.example", At = DateTimeOffset.UtcNow }, Cancellation);
        await _service.EventuallyAsync("select count(*) from nodes", 1, "a node is heard", Cancellation);
        await Sent("state:ca", "getNode", (await Sent("state:ca", "listNodes"))!["items"]![0]!["nodeId"]!.GetValue<Guid>());
        var drill = (await Sent("county:06037", "startDrill", "06037"))!["drillId"]!.GetValue<Guid>();
        await Sent("state:ca", "listDrills");
        await Sent("county:06037", "getDrill", drill);
        await Sent("state:ca", "listCheckpoints");
    }

    private async Task<JsonNode?> Sent(string organization, string operation, object? value = null, string? ifMatch = null)
    {
        using var client = _service.Caller(organization);
        var (body, differences) = await DocumentedApi.Operation("county-routing", operation).SendAsync(client, value, Cancellation, ifMatch);
        differences.ShouldBeEmpty();
        return body;
    }
}
