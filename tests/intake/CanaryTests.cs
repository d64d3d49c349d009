using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests;

/// <summary>A canary in every personal member: it is sealed, readable with a grant, and nowhere else.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private static readonly string[] Canaries = ["Canary", "2011-02-03", "90012-7391"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TestIntake _intake = null!;

    public async ValueTask InitializeAsync() => _intake = await TestIntake.StartAsync(TestIntake.LogEverything);

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Fact]
    public async Task Personal_data_is_in_no_clear_column_no_message_no_log_and_no_receipt()
    {
        await ExecuteAsync("""
            create table kept as select * from outbox;
            create function keep() returns trigger language plpgsql security definer as $$ begin insert into kept values (new.*); return new; end $$;
            create trigger keep before insert on outbox for each row execute function keep();
            """);
        var encounter = Sample.Encounter(change: e =>
        {
            Sample.With("/children/0/dateOfBirth", "\"2011-02-03\"")(e);
            Sample.With("/location/zip", "\"90012-7391\"")(e);
        });
        var created = await _intake.PostAsync(encounter, ("Idempotency-Key", "one"));
        created.Status.ShouldBe(201, created.Body);
        var answers = new List<Answer>
        {
            created,
            await _intake.PostAsync(encounter),
            await _intake.SendAsync(HttpMethod.Put, $"/v1/encounters/{created.EncounterId}/telephone-report", Sample.Call()),
            await _intake.PostAsync(Sample.Encounter(change: Sample.With("/children/0/gender", "\"Canary-Gender\""))),
            await _intake.PostAsync(Sample.Encounter(change: Sample.With("/children/0/approximateAge", "\"Canary-Age\""))),
            await _intake.PostAsync("{\"narrative\":\"Canary-Narrative\""),
        };
        await _intake.GrantAsync(created);
        var opened = Sample.Opened(created.EncounterId, created.ReportId);
        await _intake.PublishAsync(opened);
        await _intake.PublishAsync(Sample.Accepted(opened));
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 5, "the timeline is complete");
        var assigned = await _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/worker",
            new { name = "Canary-Worker", phone = "Canary-WorkerPhone", extension = "Canary-Extension" }, "county:06037", "handoffs.act");
        assigned.Status.ShouldBe(200, assigned.Body);
        answers.Add(await _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/worker", new { name = 7, phone = "Canary-WorkerPhone", extension = "Canary-Extension" }, "county:06037", "handoffs.act"));
        answers.Add(await _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/whereabouts", new { holder = "Canary-Holder", since = DateTimeOffset.UtcNow }));
        var supplements = $"/v1/reports/{created.ReportId}/supplements";
        answers.Add(await _intake.SendAsync(HttpMethod.Post, supplements, new
        {
            officer = new { name = "Canary-LaterOfficer", badge = "Canary-LaterBadge", phone = "Canary-LaterOfficerPhone" },
            presentLocation = new { address = "Canary-LaterAddress", city = "Canary-LaterCity", zip = "90012-7391" },
            child = new
            {
                name = new { given = "Canary-LaterGiven", family = "Canary-LaterFamily" },
                alias = "Canary-LaterAlias",
                dateOfBirth = "2011-02-03",
                tribe = "Canary-LaterTribe",
                missing = true,
                safety = new { medicalAlerts = "Canary-LaterMedical", notes = "Canary-LaterNotes" },
            },
            guardians = new[] { new { name = "Canary-LaterGuardian", phone = "Canary-LaterGuardianPhone", address = "Canary-LaterGuardianAddress" } },
            suspects = new[] { new { name = "Canary-LaterSuspect", description = "Canary-LaterDescription" } },
            narrative = "Canary-LaterNarrative",
        }, headers: ("Idempotency-Key", "two")));
        answers[^1].Status.ShouldBe(201, answers[^1].Body);
        answers.Add(await _intake.SendAsync(HttpMethod.Post, supplements, new { child = new { gender = "Canary-Gender" } }));
        answers.Add(await _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/retract", new { reason = "Canary-Reason" }));
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 7, "that there is a worker, and a supplement, comes on the timeline");
        answers.Add(await _intake.GetAsync($"/v1/encounters/{created.EncounterId}"));

        var read = await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read");

        foreach (var canary in Canaries)
        {
            read.Body.ShouldContain("Canary-WorkerPhone");
            read.Body.ShouldContain("Canary-LaterNarrative");
            read.Body.ShouldContain(canary, customMessage: "The canary is stored, so that not finding it elsewhere means something.");
            (await FindAsync(canary)).ShouldBeEmpty();
            answers.ShouldAllBe(a => !a.Body.Contains(canary));
            _intake.Log.ShouldAllBe(line => !line.Contains(canary));
        }
        _intake.Log.ShouldContain(line => line.Contains(created.EncounterId.ToString()), "The log was captured.");
        (await _intake.CountAsync("select count(*) from kept")).ShouldBeGreaterThan(2, "The outbox was captured.");
        var messages = await PeekAsync("county-routing-jurisdiction");
        messages.Count.ShouldBe(3, "the report, that its officer has called, and what was added to it");
        messages.ShouldAllBe(message => message.Contains(created.EncounterId.ToString()) && !message.Contains("Canary"));
        messages.Count(message => message.Contains("13_TO_15")).ShouldBe(2, "the age band, when it is of a child");
    }

    /// <summary>The tables with a row that holds the text, in the clear or as bytes.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(string text)
    {
        List<string> tables = [], found = [];
        await using (var list = _intake.Source.CreateCommand("select table_name from information_schema.tables where table_schema = 'public'"))
        await using (var reader = await list.ExecuteReaderAsync(Cancellation))
        {
            while (await reader.ReadAsync(Cancellation))
                tables.Add(reader.GetString(0));
        }
        tables.ShouldContain("reports");
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        foreach (var table in tables)
        {
            if (await _intake.CountAsync($"select count(*) from \"{table}\" t where t::text ilike '%{text}%' or t::text like '%{hex}%'") > 0)
                found.Add(table);
        }
        return found;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _intake.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>The bodies of what waits in a queue.</summary>
    private async Task<IReadOnlyList<string>> PeekAsync(string queue)
    {
        var management = new Uri(_intake.Broker.Management);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(new Uri(management.GetLeftPart(UriPartial.Authority)), $"/api/queues/{Uri.EscapeDataString(_intake.Broker.VirtualHostName)}/{queue}/get"))
        {
            Content = JsonContent.Create(new { count = 100, ackmode = "ack_requeue_true", encoding = "auto" }),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        using var response = await http.SendAsync(request, Cancellation);
        return [.. JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsArray().Select(m => m!["payload"]!.GetValue<string>())];
    }
}
