using System.Text.Json;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Bench.Report;

namespace SafeHarbor.Bench.Tests;

/// <summary>Programs read this line: names and their order stay, and what is new comes at the end.</summary>
public sealed class JsonLineTests
{
    private static readonly string[] Measured =
    [
        "journeysPerSecond", "rawJourneysPerSecond", "ratioToRaw", "commitsPerSecond",
        "acceptMs.p50", "acceptMs.p95", "acceptMs.p99", "reportToCountyMs.p50", "reportToCountyMs.p95", "reportToCountyMs.p99",
        "journeyMs.p50", "journeyMs.p95", "journeyMs.p99", "memoryMb.idle", "memoryMb.load", "idleCpuPercent",
        "perJourney.messages", "perJourney.commits", "perJourney.roundTrips", "perJourney.walBytes",
    ];

    private static readonly string[] History = ["history.encounters", "history.acceptRatio", "history.reportToCountyRatio", "history.throughputRatio"];

    private static readonly string[] Tables =
    [
        "tables.messages", "tables.services.intake.messages",
        "tables.services.intake.outbox.bytes", "tables.services.intake.outbox.deadRows",
        "tables.services.intake.timers.bytes", "tables.services.intake.timers.deadRows",
        "tables.services.intake.inbox.bytes", "tables.services.intake.inbox.deadRows",
    ];

    [Fact]
    public void Without_old_encounters_there_is_no_history() => NamesIn(JsonLine.Of(Figures(null))).ShouldBe([.. Measured, .. Tables]);

    [Fact]
    public void With_old_encounters_there_is() =>
        NamesIn(JsonLine.Of(Figures(new(20_000, Load)))).ShouldBe([.. Measured, .. History, .. Tables]);

    [Fact]
    public void Memory_is_the_sum_of_the_services_own_shares()
    {
        using var line = JsonDocument.Parse(JsonLine.Of(Figures(null)));
        line.RootElement.GetProperty("memoryMb").GetProperty("idle").GetDouble().ShouldBe(150);
    }

    private static readonly Usage Used = new()
    {
        Journeys = 10,
        Seconds = 1,
        ProcessorMs = new Dictionary<string, double> { ["intake"] = 5, ["notification"] = 5 },
        OthersPercent = 0,
        Commits = new Dictionary<string, double> { ["intake"] = 50 },
        WalBytes = 380_000,
        Published = 120,
        Acknowledged = 210,
    };

    private static readonly Dictionary<string, Memory> Memory = new() { ["intake"] = new(140, 80), ["notification"] = new(130, 70) };
    private static readonly Percentiles Some = new(1, 2, 3);
    private static readonly UnderLoad Load = new(new(Some, Some, Some, 1, Used), new(10, Some, 1, Used, Memory));

    private static Figures Figures(WithHistory? history) => new()
    {
        Idle = new(Memory, Used),
        Load = Load,
        History = history,
        RoundTrips = new(new Dictionary<string, double> { ["intake"] = 10 }, new Dictionary<string, double> { ["intake"] = 0 }, 1),
        RawJourneysPerSecond = 400,
        CommitsPerSecond = 2000,
        Tables = new Dictionary<string, ServiceTables> { ["intake"] = new(120, new(8192, 0), new(8192, 1), new(16384, 2)) },
        Reported = 10,
        Missing = [],
    };

    private static IEnumerable<string> NamesIn(string line)
    {
        line.ShouldNotContain('\n');
        using var document = JsonDocument.Parse(line);
        return [.. Names(document.RootElement, "")];
    }

    private static IEnumerable<string> Names(JsonElement element, string path) =>
        element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? Names(member.Value, $"{path}{member.Name}.") : [path + member.Name]);
}
