using System.Net.Http.Json;
using System.Text.Json;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>Everybody who reads reports, and who tries: what the entitled get is the one place where canaries may be, and there they must be.</summary>
internal sealed class Readers(CanaryWorld world, Conversation conversation, Mark canary)
{
    private const int AtOnce = 16;
    private const string AnotherCounty = "county:06001";
    private const string DistrictAttorney = "da:06067";

    /// <summary>How many reports were read by whom.</summary>
    public Dictionary<string, int> Read { get; } = [];

    public async Task ReadAsync(IReadOnlyCollection<Reported> reports, CancellationToken cancellation)
    {
        var byId = reports.ToDictionary(r => r.ReportId);
        var grants = (await world.QueryAsync("intake", "select distinct report_id, organization from grants", cancellation)).Select(row => row.Split('|'))
            .Select(row => (Report: byId.GetValueOrDefault(Guid.Parse(row[0])), Organization: row[1])).Where(grant => grant.Report is not null).ToList();
        await EachAsync(grants, (grant, token) => ReadAsync(
            grant.Report!, grant.Organization, grant.Organization.StartsWith("provider:", StringComparison.Ordinal) ? grant.Report!.OfProvider(canary) : grant.Report!.OfCounty(canary), token), cancellation);
        await EachAsync(reports.Take(40), async (report, token) =>
        {
            (await GetAsync(report, AnotherCounty, token)).Status.ShouldBe(404);
            (await GetAsync(report, World.Officer, token)).Status.ShouldBe(404);
            (await PostAsync(DistrictAttorney, $"/v1/reports/{report.ReportId}/emergency-access", new { reason = canary.Plant("reason") }, token)).Status.ShouldBe(400);
            (await PostAsync(DistrictAttorney, $"/v1/reports/{report.ReportId}/emergency-access", new { reason = "CHILD_IN_DANGER" }, token)).Status.ShouldBe(201);
            await ReadAsync(report, DistrictAttorney, report.InEmergency(canary), token);
        }, cancellation);
        await ReviewAsync(cancellation);
    }

    private async Task ReviewAsync(CancellationToken cancellation)
    {
        var listed = await conversation.SendAsync(world.Installation.Intake, "county:06037", HttpMethod.Get, "/v1/emergency-accesses", null, cancellation);
        listed.Status.ShouldBe(200);
        var first = JsonSerializer.Deserialize<JsonElement>(listed.Text).GetProperty("items")[0].GetProperty("emergencyAccessId").GetGuid();
        (await PostAsync("county:06037", $"/v1/emergency-accesses/{first}/review", new { outcome = canary.Plant("outcome") }, cancellation)).Status.ShouldBe(400);
    }

    private async Task ReadAsync(Reported report, string organization, IReadOnlySet<string> expected, CancellationToken cancellation)
    {
        var said = await GetAsync(report, organization, cancellation);
        said.Status.ShouldBe(200, said.Text);
        Reported.In(said.Text, canary).ShouldBe(expected, ignoreOrder: true, $"{organization} reads {report.ReportId}");
        lock (Read)
            Read[organization.Split(':')[0]] = Read.GetValueOrDefault(organization.Split(':')[0]) + 1;
    }

    private Task<Said> GetAsync(Reported report, string organization, CancellationToken cancellation) =>
        conversation.SendAsync(world.Installation.Intake, organization, HttpMethod.Get, $"/v1/reports/{report.ReportId}", null, cancellation, entitled: true);

    private Task<Said> PostAsync(string organization, string path, object body, CancellationToken cancellation) =>
        conversation.SendAsync(world.Installation.Intake, organization, HttpMethod.Post, path, () => JsonContent.Create(body), cancellation);

    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, Task> act, CancellationToken cancellation) => Parallel.ForEachAsync(
        all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (one, token) => await act(one, token));
}
