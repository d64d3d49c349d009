using System.Net.Http.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>
/// Canaries where no personal data belongs: in paths, queries, headers and the codes of other commands. A careless program may put some there; it is not passed on.
/// </summary>
internal sealed class Doors(CanaryWorld world, Conversation conversation, Mark canary)
{
    private static readonly string[] Headers = ["Prefer", "Accept", "Accept-Language", "User-Agent", "If-Match", "If-None-Match", "X-Forwarded-For", "X-Request-Id", "Cookie", "Referer", "traceparent"];

    public async Task KnockAsync(CancellationToken cancellation)
    {
        var (intake, routing, notification, cases) = (world.Installation.Intake, world.Installation.CountyRouting, world.Installation.Notification, world.Installation.CaseServices);
        foreach (var service in new[] { intake, routing, notification, cases })
        {
            await GetAsync(service, "state:ca", $"/{Plant()}", cancellation);
            await GetAsync(service, "state:ca", $"/v1/parked/{Plant()}", cancellation);
            await GetAsync(service, "state:ca", $"/v1/parked?state={Plant()}&after={Plant()}", cancellation);
            await GetAsync(service, "state:ca", $"/v1/parked?{PlantName()}={Plant()}", cancellation);
            await GetAsync(service, "state:ca", $"/v1/parked?{Plant()}%00={Plant()}%00", cancellation);
            foreach (var header in Headers)
                await GetAsync(service, "state:ca", "/v1/parked", cancellation, (header, Plant()));
            await GetAsync(service, null, "/v1/parked", cancellation, ("Authorization", $"Bearer {Plant()}"));
            await GetAsync(service, null, "/v1/parked", cancellation, ("Authorization", $"{Plant()} {Plant()}"));
        }

        foreach (var (service, organization, path) in new[]
        {
            (intake, "county:06037", $"/v1/reports/{Plant()}"), (intake, World.Officer, $"/v1/encounters/{Plant()}"), (intake, World.Officer, $"/v1/encounters?limit={Plant()}&after={Plant()}"),
            (routing, "county:06037", $"/v1/handoffs/{Plant()}"), (routing, "county:06037", $"/v1/handoffs?state={Plant()}"), (routing, "county:06037", $"/v1/counties/{Plant()}"),
            (notification, "county:06037", $"/v1/feed?after={Plant()}"), (notification, "county:06037", $"/v1/notices?state={Plant()}"),
            (cases, "provider:harbor-house", $"/v1/offers?state={Plant()}"), (cases, "provider:harbor-house", $"/v1/needs/{Plant()}"), (cases, "state:ca", $"/v1/providers/{Plant()}"),
        })
            await GetAsync(service, organization, path, cancellation);
        await GetAsync(intake, "county:06037", $"/v1/reports/{Guid.NewGuid()}", cancellation, ("Purpose", Plant()));

        foreach (var (service, organization, path, body) in new (ServiceProcess, string, string, object)[]
        {
            (intake, "county:06037", $"/v1/emergency-accesses/{Plant()}/review", new { outcome = Plant() }),
            (routing, "county:06037", $"/v1/handoffs/{Guid.NewGuid()}/accept", new { note = Plant() }),
            (routing, "state:ca", $"/v1/desk/{Guid.NewGuid()}/assign", new { organization = Plant() }),
            (routing, World.Officer, "/v1/jurisdiction/explain", new { latitude = Plant(), countyFips = Plant() }),
            (notification, "county:06037", "/v1/endpoints", new { url = Plant() }),
            (cases, "provider:harbor-house", $"/v1/offers/{Guid.NewGuid()}/decline", new { reason = Plant(), note = Plant() }),
            (cases, "provider:harbor-house", $"/v1/needs/{Guid.NewGuid()}/completed", new { note = Plant() }),
            (intake, World.Officer, "/v1/encounters", new { source = new { agencyOri = World.Officer.Split(':')[1], incidentNumber = $"{Plant()} 26" }, learnedAt = DateTimeOffset.UtcNow, children = new object[] { new { } } }),
        })
            (await conversation.SendAsync(service, organization, HttpMethod.Post, path, () => JsonContent.Create(body), cancellation)).IsSuccess.ShouldBeFalse(path);
    }

    private string Plant() => canary.Plant("door");

    private string PlantName() => Uri.EscapeDataString(canary.PlantName("door"));

    private Task<Said> GetAsync(ServiceProcess service, string? organization, string path, CancellationToken cancellation, params (string, string)[] headers) =>
        conversation.SendAsync(service, organization, HttpMethod.Get, path, null, cancellation, headers);
}
