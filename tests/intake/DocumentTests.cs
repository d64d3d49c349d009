using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

public sealed class DocumentTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task What_the_document_shows_can_be_sent_and_is_answered_as_it_says()
    {
        await Sent("le:CA0194200", "validateEncounter");
        var receipt = (await Sent("le:CA0194200", "reportEncounter"))!;
        var (encounter, report) = (receipt["encounterId"]!.GetValue<Guid>(), receipt["reports"]![0]!["reportId"]!.GetValue<Guid>());
        var opened = Sample.Opened(encounter, report);
        await _intake.PublishAsync(opened);
        await _intake.PublishAsync(Sample.Accepted(opened));
        await _intake.PublishAsync(Sample.Granted(encounter, report));
        await _intake.EventuallyAsync($"select least(1, count(*)) from grants where report_id = '{report}'", 1, "the grant arrives");
        await _intake.EventuallyAsync($"select least(1, count(*)) from responders where report_id = '{report}'", 1, "the handoff arrives");
        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{report}' and type = 'handoff.accepted.v1'", 1, "its acceptance arrives");

        await Sent("le:CA0194200", "recordTelephoneReport", encounter);
        await Sent("le:CA0194200", "getEncounter", encounter);
        await Sent("le:CA0194200", "listEncounters");
        await Sent("le:CA0194200", "tellWhereabouts", report);
        await Sent("county:06037", "getWhereabouts", report);
        await Sent("county:06037", "assignWorker", report);
        await Sent("le:CA0194200", "getWorkers", report);
        await Sent("le:CA0194200", "supplementReport", report);
        await Sent("le:CA0194200", "retractReport", report);
        await Sent("county:06037", "readReport", report);
        await Sent("le:CA0194200", "listAccesses", report);
        var access = (await Sent("county:06059", "openEmergencyAccess", report))!["emergencyAccessId"]!.GetValue<Guid>();
        await Sent("county:06037", "listEmergencyAccesses");
        await Sent("county:06037", "reviewEmergencyAccess", access);
        await Sent("county:06059", "getEmergencyAccess", access);
        await Sent("state:ca", "previewRetention");
        await Sent("state:ca", "runRetention");
        await Sent("state:ca", "sealReport", report);
        await Sent("le:CA0194200", "getDestruction", report);
        await Sent("state:ca", "getKeys");
        await Sent("county:06059", "getUnusualReading", await InsertedAsync($$"""
            insert into unusual_readings values ('{{Guid.NewGuid()}}', 'county:06059', 'screener-12', 'NIGHT', now(), now(), '{{report}}', '{{encounter}}', 1, 1)
            returning unusual_reading_id::text
            """));
    }

    [Fact]
    public async Task What_the_document_shows_of_parked_messages_can_be_asked_and_is_answered_as_it_says()
    {
        var acknowledged = new HandoffAcknowledged
        {
            EncounterId = Guid.NewGuid(),
            At = DateTimeOffset.UtcNow,
            ReportId = Guid.NewGuid(),
            HandoffId = Guid.NewGuid(),
            Organization = Organization.Parse("county:06037"),
            Role = Role.Responder,
        };
        Task<string> Parked() => InsertedAsync($$"""
            insert into parked (message_id, destination, type, body, ordering_key, sent_at, source, error_type, error)
            values (gen_random_uuid(), 'queue:intake-timeline', 'handoff.acknowledged.v1', convert_to('{{JsonSerializer.Serialize(acknowledged, WireFormat.Json)}}', 'utf8'), gen_random_uuid(), now(), 'HANDLER',
                'InvalidOperationException', '')
            returning id::text
            """);
        var (first, second) = (await Parked(), await Parked());

        await Sent("state:ca", "listParked");
        await Sent("state:ca", "getParked", first);
        await Sent("state:ca", "redriveParked", first);
        await Sent("state:ca", "discardParked", second);
    }

    [Fact]
    public async Task A_problem_is_what_the_document_says()
    {
        var refused = await _intake.PostAsync("{}");

        refused.Status.ShouldBe(400, refused.Body);
        DocumentedApi.Operation("intake", "reportEncounter").Differences(400, refused.Json).ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_that_is_not_what_the_document_says_would_be_found() =>
        DocumentedApi.Operation("intake", "validateEncounter").Differences(200, JsonNode.Parse("""{"valid": "yes", "shortfalls": [], "more": 1}""")).Count.ShouldBe(2);

    private async Task<string> InsertedAsync(string sql)
    {
        await using var insert = _intake.Source.CreateCommand(sql);
        return (string)(await insert.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<JsonNode?> Sent(string organization, string operation, object? value = null)
    {
        using var client = _intake.Client(organization, "encounters.write encounters.read reports.read reporter.read reports.emergency emergency.review retention.act handoffs.act operations.read operations.act audit.read");
        var (body, differences) = await DocumentedApi.Operation("intake", operation).SendAsync(client, value, TestContext.Current.CancellationToken);
        differences.ShouldBeEmpty();
        return body;
    }
}
