using SafeHarbor.Client.Intake;

namespace SafeHarbor.Client.Tests;

/// <summary>What the client's README shows, compiled; <see cref="ReadmeTests"/> runs it, and holds one against the other.</summary>
internal static class ReadmeExample
{
    public static async Task ReportAsync(Uri issuer, Uri address, string secret, string key)
    {
        var tokens = new ClientCredentials(issuer, "acme-rms", secret, "encounters.write encounters.read");
        var intake = new IntakeClient(address, tokens);

        var receipt = await intake.ReportEncounterAsync(new EncounterReport
        {
            Source = new Source { AgencyOri = "CA0194200", IncidentNumber = "26-118204", System = "acme-rms" },
            LearnedAt = DateTimeOffset.Now,
            Children = [new Child { ApproximateAge = 15, Gender = Genders.Female, Needs = [NeedTypes.Advocate] }],
        }, idempotencyKey: key);

        await foreach (var news in intake.FollowEncounterAsync(receipt.EncounterId))
        {
            Console.WriteLine($"{news.Line.At:t} {news.Line.Type}");
            if (news.Encounter.Status == EncounterStatuses.Completed)
                break;
        }
    }

    public static void Receive(string secret, IReadOnlyDictionary<string, string> headers, byte[] body)
    {
        var notice = new WebhookVerifier(secret).Read(name => headers[name], body);
        Console.WriteLine($"{notice.Type} {notice.Subject} until {notice.Data.DueAt:t}: {notice.Data.Link}");
        if (notice.Data.Challenge is { } challenge)
            Console.WriteLine($"answer 200 with {{ \"challenge\": \"{challenge}\" }}");
    }
}
