using System.Globalization;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Intake.Tests.Retention;

/// <summary>An intake whose own clock destroys nothing while tests run, and what they do with its reports.</summary>
public sealed class RetainedReports : IAsyncLifetime
{
    public const string County = "county:06037";
    private const string Operator = "retention.act";

    public TestIntake Intake { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Intake = await TestIntake.StartAsync([("Retention:Every", "1000.00:00:00"), ("Retention:DefaultDays", "1095"), .. TestIntake.LogEverything]);

    public ValueTask DisposeAsync() => Intake.DisposeAsync();

    /// <summary>A report with its telephone report, read by a county that responds, and kept as long as each county wants (<c>06037:400 06059:</c>).</summary>
    public async Task<Answer> CreateAsync(string counties, int children = 1)
    {
        var created = await Intake.PostAsync(Sample.Encounter(change: e =>
        {
            e["telephoneReport"] = Sample.Call();
            for (var more = 1; more < children; more++)
            {
                var child = e["children"]![0]!.DeepClone();
                child["alias"] = $"Canary-Alias {more}";
                e["children"]!.AsArray().Add(child);
            }
        }));
        created.Status.ShouldBe(201, created.Body);
        var reports = created.Json["reports"]!.AsArray().Select(r => r!["reportId"]!.GetValue<Guid>()).ToList();
        var wanted = counties.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(':')).ToList();
        foreach (var report in reports)
        {
            await Intake.PublishAsync(Sample.Granted(created.EncounterId, report, County));
            foreach (var (county, days) in wanted.Select(w => (w[0], w[1])))
                await Intake.PublishAsync(Opened(created.EncounterId, report, county, days.Length == 0 ? null : int.Parse(days, CultureInfo.InvariantCulture)));
        }
        await Intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 2 + reports.Count * (1 + wanted.Count), "the timeline is complete");
        await Intake.EventuallyAsync($"select count(*) from grants where encounter_id = '{created.EncounterId}'", reports.Count, "the grants arrive");
        return created;
    }

    /// <summary>Makes everything that has happened to the encounter longer ago.</summary>
    public Task AgeAsync(Answer created, int days) => ExecuteAsync($"""
        update encounters set received_at = received_at - interval '{days} days' where encounter_id = '{created.EncounterId}';
        update timeline set at = at - interval '{days} days' where encounter_id = '{created.EncounterId}'
        """);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Intake.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Intake.Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>What the dry run says of a report at a time; null when it is not due.</summary>
    public async Task<JsonNode?> DueAsync(Guid report, DateTimeOffset? at = null)
    {
        var answer = await PreviewAsync(at);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json["reports"]!.AsArray().SingleOrDefault(r => r!["reportId"]!.GetValue<Guid>() == report);
    }

    public Task<Answer> PreviewAsync(DateTimeOffset? at = null, string organization = "state:ca", string scopes = Operator) => Intake.SendAsync(HttpMethod.Get,
        $"/v1/retention/due?limit=1000{(at is null ? "" : $"&at={Uri.EscapeDataString(at.Value.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture))}")}", organization: organization, scopes: scopes);

    /// <summary>Runs it and says which reports were ordered to be destroyed.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync()
    {
        var answer = await Intake.SendAsync(HttpMethod.Post, "/v1/retention/run", organization: "state:ca", scopes: Operator);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json["unfinished"]!.GetValue<int>().ShouldBe(0);
        return [.. answer.Json["ordered"]!.AsArray().Select(r => r!["reportId"]!.GetValue<Guid>())];
    }

    public Task<Answer> ReadAsync(Guid report, string organization = County) =>
        Intake.SendAsync(HttpMethod.Get, $"/v1/reports/{report}", organization: organization, scopes: "reports.read");

    public Task<Answer> SealAsync(Guid report, string organization = "state:ca", string scopes = Operator, object? order = null) => Intake.SendAsync(HttpMethod.Post,
        $"/v1/reports/{report}/sealing-order", order ?? new { court = "06037", orderedOn = "2020-01-06", reference = "In re Canary-Given C., JV-1" }, organization, scopes);

    public Task<Answer> ProofAsync(Guid report, string organization = "state:ca", string scopes = "encounters.read reports.read retention.act") =>
        Intake.SendAsync(HttpMethod.Get, $"/v1/reports/{report}/destruction", organization: organization, scopes: scopes);

    private static HandoffOpened Opened(Guid encounter, Guid report, string county, int? days) => new()
    {
        EncounterId = encounter,
        At = DateTimeOffset.UtcNow,
        ReportId = report,
        HandoffId = Guid.NewGuid(),
        Organization = Organization.Parse($"county:{county}"),
        OrganizationName = county,
        Role = $"county:{county}" == County ? Role.Responder : Role.Dependency,
        Child = new() { ReportId = report, ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown },
        Urgency = Urgencies.Prompt,
        Basis = Bases.Desk,
        Confidence = Confidences.Clear,
        Rule = "a test's",
        AcknowledgeBy = DateTimeOffset.UtcNow.AddMinutes(15),
        RetentionDays = days,
    };
}
