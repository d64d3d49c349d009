using System.Globalization;

namespace SafeHarbor.Local.Demo;

/// <summary>A report as an agency's records system would send it. Everybody in it is invented; the numbers are of the 555-01xx block.</summary>
internal sealed record SampleEncounter
{
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public bool CustodyTaken { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    public object Body(DateTimeOffset now) => new
    {
        source = new { agencyOri = Cast.Officer.Split(':')[1], incidentNumber = IncidentNumber(now), system = "sample-rms" },
        officer = new { name = "Sample Officer", badge = "0000", phone = "+1-213-555-0100" },
        occurredAt = now.AddMinutes(-20),
        learnedAt = now.AddMinutes(-10),
        location = Latitude is null ? null : new { latitude = Latitude, longitude = Longitude, accuracyMeters = 15 },
        custody = CustodyTaken ? new { taken = true, takenAt = now.AddMinutes(-9), grounds = ImmediateDanger } : null,
        immediateDanger = CustodyTaken,
        children = new[]
        {
            new
            {
                name = new { given = "Sample", family = $"Child {Guid.NewGuid().ToString("N")[..10]}" },
                approximateAge = 15,
                gender = "female",
                languages = English,
                needs = Needs,
                safety = new { guardianUnsafe = true },
            },
        },
        narrative = "Invented for the demonstration.",
    };

    private static readonly string[] ImmediateDanger = ["IMMEDIATE_DANGER"];
    private static readonly string[] English = ["en"];

    // New in every run, as is the child's name: the same number again would be the same encounter.
    private static string IncidentNumber(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now:yy}-{Guid.NewGuid().ToString("N")[..10]}");
}
