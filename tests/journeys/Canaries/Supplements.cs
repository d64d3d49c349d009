using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>The agency adds to every second report, with a canary in each member; what is refused of it is not repeated to anybody.</summary>
internal sealed class Supplements(CanaryWorld world, Conversation conversation, JsonElement document, Mark canary)
{
    private const int AtOnce = 16;

    private readonly Form _form = new(document, ("post", "/v1/reports/{reportId}/supplements"), canary);

    /// <summary>The reports, each with what was added to it.</summary>
    public async Task<IReadOnlyList<Reported>> AddAsync(IReadOnlyList<Reported> reports, CancellationToken cancellation)
    {
        var added = reports.Select((report, i) => i % 2 == 0 ? report with { Supplement = _form.Fill() } : report).ToList();
        await Parallel.ForEachAsync(added.Where(report => report.Supplement is not null), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (report, token) =>
            (await PostAsync(World.Officer, report.ReportId, report.Supplement!, token)).Status.ShouldBe(201));
        var (known, wrong) = (added[0].ReportId, _form.Fill());
        wrong["child"]!["gender"] = canary.Plant("gender");
        (await PostAsync(World.Officer, known, wrong, cancellation)).Status.ShouldBe(400);
        (await PostAsync("le:CA0340000", known, _form.Fill(), cancellation)).Status.ShouldBe(404);
        (await PostAsync("county:06037", known, _form.Fill(), cancellation)).Status.ShouldBe(403);
        return added;
    }

    private Task<Said> PostAsync(string organization, Guid report, JsonObject supplement, CancellationToken cancellation) => conversation.SendAsync(world.Installation.Intake, organization, HttpMethod.Post,
        $"/v1/reports/{report}/supplements", () => new StringContent(supplement.ToJsonString(), Encoding.UTF8, "application/json"), cancellation);
}
