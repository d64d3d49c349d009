using System.Text;
using System.Text.Json;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>
/// A canary in every personal field of a thousand reports, and in what is refused; the whole system runs with every fault and says all that it can;
/// then everything that exists is searched, byte by byte. E-mails, files that are dropped and PDFs join when the system makes them.
/// </summary>
public sealed class CanaryTests
{
    private const int Encounters = 250;
    private const string County = "county:06037";
    private const string Operator = "state:ca";

    private static readonly Mark Canary = Mark.New("Kanarek");
    // A stranger's messages stay as they came with the broker and with what is parked, and must get nowhere else.
    private static readonly Mark Stranger = Mark.New("Nieznany");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_names_a_person_is_found_nowhere_but_where_it_is_read_under_a_grant()
    {
        await using var collector = await Collector.StartAsync(Cancellation);
        var world = new CanaryWorld(collector);
        var passed = false;
        try
        {
            await world.InitializeAsync();
            collector.KeepIn(Path.Combine(world.Evidence, "telemetry"));
            await using var tap = await Tap.OpenAsync(world.Installation.Broker, Cancellation);
            var conversation = new Conversation(world.Installation, Canary, Path.Combine(world.Evidence, "answers"));
            await using (conversation)
            {
                var reports = await RunAsync(world, conversation);
                await collector.UntilHeardFromAllAsync(Cancellation);
                await Task.WhenAll(ServiceKind.All.Select(kind => world.Installation[kind].StopAsync()));
                await WriteAsync(world, tap);
                foreach (var status in new[] { 200, 201, 400, 401, 403, 404, 413, 415, 422, 500, 503 })
                    conversation.Statuses.Keys.ShouldContain(status, "an answer of this kind was provoked");
                SearchEverything(world, reports);
            }
            passed = true;
        }
        finally
        {
            await world.EndAsync(keep: !passed);
        }
    }

    private static async Task<IReadOnlyCollection<Reported>> RunAsync(CanaryWorld world, Conversation conversation)
    {
        var faults = new Faults(world);
        var document = await world.Api.GetAsync(world.Installation.Intake, World.Officer, "/openapi/v1.json", Cancellation);
        var traffic = new Traffic(world, conversation, document.Body, Canary);
        // Nobody listens there any more: its notices fail, again and again.
        (await world.Api.PostAsync(world.Installation.Notification, County, "/v1/endpoints", new { url = $"http://127.0.0.1:9/{Canary.Plant("address")}" }, Cancellation)).IsSuccess.ShouldBeTrue();
        (await world.QueryAsync("notification", "update endpoints set state = 'ENABLED', confirmed_at = now() where state = 'TESTING' returning state", Cancellation)).ShouldBe(["ENABLED"]);
        var reporting = traffic.ReportAsync(Encounters, Cancellation);
        await Task.WhenAll(reporting, BreakAsync(faults, world, traffic, reporting));
        await traffic.BlunderAsync(Cancellation);
        await new Doors(world, conversation, Canary).KnockAsync(Cancellation);
        await UntilQuietAsync(world, traffic.Reports.Count);

        var reports = await new Workers(world, conversation, document.Body, Canary).AssignAsync(traffic.Reports, Cancellation);
        reports = await new Supplements(world, conversation, document.Body, Canary).AddAsync(reports, Cancellation);
        var readers = new Readers(world, conversation, Canary);
        await Task.WhenAll(readers.ReadAsync(reports, Cancellation), faults.TakeAwayAsync(world.Installation.KeysDatabase, Cancellation));
        readers.Read["county"].ShouldBe(traffic.Reports.Count, "the county has read every report, with everything that was planted in it");
        readers.Read["provider"].ShouldBePositive();
        readers.Read["da"].ShouldBePositive();

        await faults.PoisonAsync(Stranger, Cancellation);
        await ShowParkedAsync(world, conversation);
        return traffic.Reports;
    }

    private static async Task BreakAsync(Faults faults, CanaryWorld world, Traffic traffic, Task reporting)
    {
        var intake = world.Installation.Databases["intake"];
        Func<Task>[] inTurn =
        [
            () => faults.KillIntakeAsync(Cancellation),
            () => Faults.HideTableAsync(intake, "telephone_reports", Cancellation),
            () => faults.CutBrokerConnectionsAsync(Cancellation),
            () => faults.TakeAwayAsync(intake, Cancellation),
            () => faults.CrashIntakeAsync(Cancellation),
        ];
        foreach (var (turn, fault) in inTurn.Index())
        {
            await traffic.UntilAcceptedAsync((turn + 1) * Encounters / (inTurn.Length + 2), reporting, Cancellation);
            await fault();
        }
    }

    private static async Task UntilQuietAsync(CanaryWorld world, int reports)
    {
        for (var i = 0; i < 1200; i++, await Task.Delay(100, Cancellation))
        {
            var accepted = await world.QueryAsync("intake", "select count(*) from timeline where type = 'handoff.accepted.v1'", Cancellation);
            var waiting = await Task.WhenAll(world.Installation.Databases.Keys.Select(service => world.QueryAsync(service, "select count(*) from outbox", Cancellation)));
            if (accepted[0] == $"{reports}" && waiting.All(count => count[0] == "0"))
                return;
        }
        Assert.Fail($"not every report was accepted by its county: {string.Join("; ", world.People.Surprises)}");
    }

    private static async Task ShowParkedAsync(CanaryWorld world, Conversation conversation)
    {
        foreach (var subscribed in Subscriptions.All.Where(s => s.Messages.Count > 0).GroupBy(s => s.Service))
        {
            var service = world.Installation[ServiceKind.All.Single(kind => kind.Name == subscribed.Key)];
            JsonElement list = default;
            for (var i = 0; i < 600 && (list.ValueKind == JsonValueKind.Undefined || list.GetProperty("items").GetArrayLength() < subscribed.Count() * 3); i++, await Task.Delay(100, Cancellation))
                list = JsonSerializer.Deserialize<JsonElement>((await GetAsync(service, "/v1/parked")).Text);
            foreach (var parked in list.GetProperty("items").EnumerateArray())
                (await GetAsync(service, $"/v1/parked/{parked.GetProperty("parkedId")}")).Status.ShouldBe(200);
            list.GetProperty("items").GetArrayLength().ShouldBe(subscribed.Count() * 3, $"{subscribed.Key} parks what it cannot read");
        }

        Task<Said> GetAsync(ServiceProcess service, string path) => conversation.SendAsync(service, Operator, HttpMethod.Get, path, null, Cancellation);
    }

    /// <summary>What was in memory becomes a file like the others.</summary>
    private static async Task WriteAsync(CanaryWorld world, Tap tap)
    {
        var messages = (await tap.DrainAsync(Cancellation)).Select(m => $"{Encoding.UTF8.GetString(m.Body)}\n{m.Properties.MessageId} {m.Properties.Type} "
            + string.Join(' ', m.Properties.Headers?.Select(h => $"{h.Key} {(h.Value is byte[] b ? Encoding.UTF8.GetString(b) : h.Value)}") ?? []));
        await File.WriteAllLinesAsync(Path.Combine(world.Evidence, "messages"), messages, Cancellation);
        await File.WriteAllLinesAsync(Path.Combine(world.Evidence, "webhooks"), world.People.Received, Cancellation);
        await using var administrator = new NpgsqlConnection(world.Servers.Postgres);
        await administrator.OpenAsync(Cancellation);
        await using var checkpoint = new NpgsqlCommand("checkpoint", administrator);
        await checkpoint.ExecuteNonQueryAsync(Cancellation);
    }

    private static void SearchEverything(CanaryWorld world, IReadOnlyCollection<Reported> reports)
    {
        var canaries = new Search(Canary, new Mark(Form.BornOn), new Mark(Form.Zip));
        var strangers = new Search(Stranger);
        // Encounters' ids may be everywhere, and logs name the virtual host: where none is found, nothing was searched.
        var encounters = new Search(reports.Where((_, i) => i % 100 == 0).Select(r => Mark.Of(r.EncounterId)));
        var host = new Search(new Mark(new Uri(world.Installation.Broker).AbsolutePath.TrimStart('/')));
        var parts = new List<(string Name, IReadOnlyList<Place> Places, bool MayHoldStrangers)>();
        parts.AddRange(Place.FilesBelow(world.Evidence).Select(file => (Path.GetFileName(file.Name), (IReadOnlyList<Place>)[file], false)));
        parts.AddRange(Place.TablesOf(world.Servers.Postgres).GroupBy(table => table.Name.EndsWith("table parked", StringComparison.Ordinal))
            .Select(tables => (tables.Key ? "parked messages" : "tables", (IReadOnlyList<Place>)[.. tables], tables.Key)));
        parts.Add(("PostgreSQL's files", [.. world.FilesOfPostgres], true));
        parts.Add(("RabbitMQ's files", [.. world.FilesOfRabbitMq], true));
        List<string> leaks = [], witnessed = [];
        foreach (var (name, places, mayHoldStrangers) in parts)
        {
            foreach (var place in places)
            {
                if (FirstIn(place, canaries) is { } leak)
                    leaks.Add($"{place.Name}: {leak}");
                if (!mayHoldStrangers && FirstIn(place, strangers) is { } passedOn)
                    leaks.Add($"{place.Name}: {passedOn}");
            }
            if (places.Any(place => FirstIn(place, name.EndsWith(".log", StringComparison.Ordinal) ? host : encounters) is not null))
                witnessed.Add(name);
        }
        leaks.ShouldBeEmpty();
        new[] { "intake.log", "county-routing.log", "notification.log", "case-services.log", "telemetry", "answers", "messages", "webhooks", "tables", "PostgreSQL's files", "RabbitMQ's files" }
            .Except(witnessed).ShouldBeEmpty("there was something to find in each of these");
    }

    private static string? FirstIn(Place place, Search search)
    {
        using var stream = place.Open();
        return search.First(stream);
    }
}
