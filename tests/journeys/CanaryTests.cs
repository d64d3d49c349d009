using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests;

/// <summary>A unique string in every personal field of a report; afterwards it is searched for in everything that exists.</summary>
public sealed class CanaryTests
{
    private static readonly string Canary = $"Canary{Guid.NewGuid():N}";
    // Fields that take no free text carry a value that occurs nowhere else.
    private const string BornOn = "2011-02-28";
    private const string Zip = "90012-4711";
    private static int _planted;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A value that is found wherever it goes, and tells which field it came from.</summary>
    private static string Plant(string field) => $"{Canary}x{Interlocked.Increment(ref _planted)}{field}";

    private static object Encounter(string? gender = null) => new
    {
        source = new { agencyOri = "CA0194200", incidentNumber = $"26-{Guid.NewGuid():N}"[..16], system = "canary-tests" },
        officer = new { name = Plant("officerName"), badge = Plant("badge"), phone = Plant("officerPhone") },
        learnedAt = DateTimeOffset.UtcNow.AddMinutes(-10),
        location = new { latitude = 34.05, longitude = -118.25, address = Plant("address"), city = Plant("city"), zip = Zip },
        custody = new { taken = true, grounds = new[] { "IMMEDIATE_DANGER" } },
        telephoneReport = new { calledAt = DateTimeOffset.UtcNow.AddMinutes(-5), agency = Plant("agency"), contact = Plant("contact"), referralNumber = Plant("referral") },
        children = new[]
        {
            new
            {
                name = new { given = Plant("given"), family = Plant("family") },
                alias = Plant("alias"),
                dateOfBirth = BornOn,
                gender = gender ?? "female",
                languages = new[] { "en" },
                tribe = Plant("tribe"),
                needs = new[] { "ADVOCATE", "MENTAL_HEALTH" },
                safety = new { guardianUnsafe = true, medicalAlerts = Plant("medical"), notes = Plant("notes") },
            },
        },
        guardians = new[] { new { name = Plant("guardian"), phone = Plant("guardianPhone"), address = Plant("guardianAddress") } },
        suspects = new[] { new { name = Plant("suspect"), description = Plant("description") } },
        narrative = Plant("narrative"),
    };

    [Fact]
    public async Task What_names_a_person_is_found_nowhere_but_where_it_is_read_under_a_grant()
    {
        await using var collector = await Collector.StartAsync(Cancellation);
        var world = new World();
        world.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        world.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        world.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        world.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        world.Environment["Logging__LogLevel__Default"] = "Debug";
        world.Environment["Logging__LogLevel__Microsoft"] = "Debug";
        await world.InitializeAsync();
        try
        {
            await using var tap = await Tap.OpenAsync(world.Installation.Broker, Cancellation);
            var answers = new List<string>();
            var receipt = await world.ReportAsync(Encounter(), Cancellation);
            var encounter = receipt.GetProperty("encounterId").GetString()!;
            answers.Add(receipt.GetRawText());
            foreach (var refused in new object[] { Encounter(gender: Plant("gender")), "{\"narrative\": \"" + Plant("broken") })
                answers.Add((await world.Api.PostAsync(world.Installation.Intake, World.Officer, "/v1/encounters", refused, Cancellation)).ShouldSatisfy(a => !a.IsSuccess).Body.ToString());
            await world.TimelineAsync(encounter, t => t.Count(e => e.Type == "need.completed.v1") == 2 && t.Any(e => e.Type == "handoff.accepted.v1"), "the journey completes", Cancellation);
            answers.Add((await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{encounter}", Cancellation)).Body.ToString());
            var report = await world.Api.GetAsync(world.Installation.Intake, "county:06037", $"/v1/reports/{receipt.GetProperty("reports")[0].GetProperty("reportId").GetString()}", Cancellation);
            report.Body.ToString().ShouldContain(Canary, customMessage: "under its grant the county reads the details: they were stored");
            await collector.UntilHeardFromAsync(4, Cancellation);

            Found("answers and problem details", answers);
            Found("messages on the bus", (await tap.DrainAsync(Cancellation)).Select(m => Encoding.UTF8.GetString(m.Body) + string.Join(' ', m.Properties.Headers?.Values.Select(v => v is byte[] b ? Encoding.UTF8.GetString(b) : v?.ToString()) ?? [])));
            Found("webhooks", world.People.Received);
            Found("traces, metrics and logs by OTLP", collector.Received);
            foreach (var kind in ServiceKind.All)
                Found($"the log of {kind.Name}", [await File.ReadAllTextAsync(world.Installation[kind].LogFile, Cancellation)]);
            foreach (var service in world.Installation.Databases.Keys)
                foreach (var table in await world.QueryAsync(service, "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace", Cancellation))
                    Found($"{service}, table {table}", await world.QueryAsync(service, $"select t::text from \"{table}\" t", Cancellation));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    /// <summary>Fails with where it was found and from which field; binary columns come as hexadecimal, and are searched as such.</summary>
    private static void Found(string where, IEnumerable<string> texts)
    {
        var hexadecimal = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Canary));
        var all = texts.ToList();
        foreach (var text in all)
        {
            var at = text.IndexOf(Canary, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
                Assert.Fail($"A personal field is in {where}: {text.Substring(at, Math.Min(Canary.Length + 24, text.Length - at))}");
            foreach (var value in new[] { BornOn, Zip })
                text.Contains(value, StringComparison.Ordinal).ShouldBeFalse($"{value} is in {where}");
            text.Contains(hexadecimal, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"a personal field is in {where}, in binary");
        }
        (all.Count > 0 || where.Contains("table", StringComparison.Ordinal)).ShouldBeTrue($"there was nothing to search in {where}");
    }

    /// <summary>An OpenTelemetry collector that keeps what it gets.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _application;

        private Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _application = builder.Build();
            _application.MapPost("/{**signal}", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                Received.Add(Encoding.UTF8.GetString(body.ToArray()));
            });
        }

        public ConcurrentBag<string> Received { get; } = [];

        public string Address => _application.Urls.First();

        public static async Task<Collector> StartAsync(CancellationToken cancellation)
        {
            var collector = new Collector();
            await collector._application.StartAsync(cancellation);
            return collector;
        }

        /// <summary>Waits until traces of so many services have come in.</summary>
        public async Task UntilHeardFromAsync(int services, CancellationToken cancellation)
        {
            for (var i = 0; i < 300 && ServiceKind.All.Count(k => Received.Any(r => r.Contains(k.Name, StringComparison.Ordinal))) < services; i++)
                await Task.Delay(100, cancellation);
            ServiceKind.All.Where(k => Received.Any(r => r.Contains(k.Name, StringComparison.Ordinal))).Select(k => k.Name).Count().ShouldBe(services, "every service exports its telemetry");
        }

        public async ValueTask DisposeAsync() => await _application.DisposeAsync();
    }
}

internal static class AnswerChecks
{
    public static Answer ShouldSatisfy(this Answer answer, Func<Answer, bool> holds)
    {
        holds(answer).ShouldBeTrue($"{(int)answer.Status} {answer.Body}");
        return answer;
    }
}
