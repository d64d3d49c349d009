namespace SafeHarbor.Journeys.Tests;

/// <summary>Encounters as a records system would post them; everybody in them is invented.</summary>
internal static class SampleEncounters
{
    public static readonly (double, double) LosAngeles = (34.05, -118.25);
    public static readonly (double, double) NearOrange = (33.9400, -117.9850);

    public static readonly (double, double) Fresno = (36.7378, -119.7871);

    public static object At((double, double)? place, params string[] needs) => Of(World.Officer, place, needs);

    public static object Of(string reporter, (double Latitude, double Longitude)? place, params string[] needs) => new
    {
        source = new { agencyOri = reporter.Split(':')[1], incidentNumber = $"26-{Guid.NewGuid():N}"[..16], system = "journey-tests" },
        occurredAt = DateTimeOffset.UtcNow.AddMinutes(-20),
        learnedAt = DateTimeOffset.UtcNow.AddMinutes(-10),
        location = place is { } p ? new { latitude = p.Latitude, longitude = p.Longitude, accuracyMeters = 15 } : null,
        custody = new { taken = true, takenAt = DateTimeOffset.UtcNow.AddMinutes(-9), grounds = new[] { "IMMEDIATE_DANGER" } },
        immediateDanger = true,
        children = new[] { new { name = new { given = "Sample", family = "Child" }, approximateAge = 15, gender = "female", languages = new[] { "en" }, needs } },
    };
}
