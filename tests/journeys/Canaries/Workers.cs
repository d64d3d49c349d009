using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>The county says of every report which of its workers has the case, with a canary in each member; what is refused of it is not repeated to anybody.</summary>
internal sealed class Workers(CanaryWorld world, Conversation conversation, JsonElement document, Mark canary)
{
    private const int AtOnce = 16;
    private const string County = "county:06037";

    private readonly Form _form = new(document, ("put", "/v1/reports/{reportId}/worker"), canary);

    /// <summary>The reports, each with its worker.</summary>
    public async Task<IReadOnlyList<Reported>> AssignAsync(IReadOnlyCollection<Reported> reports, CancellationToken cancellation)
    {
        var assigned = reports.Select(report => report with { Worker = Valid() }).ToList();
        await Parallel.ForEachAsync(assigned, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (report, token) =>
            (await PutAsync(County, report.ReportId, report.Worker!, token)).Status.ShouldBe(200));
        var known = assigned[0].ReportId;
        (await PutAsync(County, known, _form.Fill(), cancellation)).Status.ShouldBe(400, "The form of the county's number leaves no room for a canary.");
        (await PutAsync("county:06001", known, Valid(), cancellation)).Status.ShouldBe(404);
        (await PutAsync(World.Officer, known, Valid(), cancellation)).Status.ShouldBe(403);
        return assigned;
    }

    private JsonObject Valid()
    {
        var worker = _form.Fill();
        worker["referralNumber"] = null;
        return worker;
    }

    private Task<Said> PutAsync(string organization, Guid report, JsonObject worker, CancellationToken cancellation) => conversation.SendAsync(world.Installation.Intake, organization, HttpMethod.Put,
        $"/v1/reports/{report}/worker", () => new StringContent(worker.ToJsonString(), Encoding.UTF8, "application/json"), cancellation, entitled: true);
}
