using SafeHarbor.Client.Intake;
using SafeHarbor.Client.Notification;

namespace SafeHarbor.Client.Tests;

/// <summary>What the tests send and get; everybody in it is invented.</summary>
internal static class Samples
{
    public static readonly Guid Encounter = Guid.Parse("0199a1b2-0000-7000-8000-000000000001");

    public static readonly CallSettings Hurried = new() { FirstWait = TimeSpan.FromMilliseconds(1) };

    // Whoever would wait by it, instead of doing what the test expects, would not come to an end.
    public static readonly CallSettings Unhurried = new() { FirstWait = TimeSpan.FromHours(1), LongestWait = TimeSpan.FromHours(2) };

    public static readonly EncounterReport Report = new()
    {
        Source = new Source { AgencyOri = "CA0194200", IncidentNumber = "26-1", System = "tests" },
        LearnedAt = new DateTimeOffset(2026, 11, 20, 23, 10, 0, TimeSpan.FromHours(-8)),
        Children = [new Child { ApproximateAge = 15, Gender = Genders.Female, Needs = [NeedTypes.EmergencyShelter] }],
    };

    public static readonly string Receipt = $$"""
        {"encounterId":"{{Encounter}}","incidentNumber":"26-1","receivedAt":"2026-11-21T07:10:00Z","status":"RECEIVED",
         "telephoneReport":{"required":true,"recordedAt":null,"notice":"Call now."},"reports":[],"clocks":[],"links":[],"shortfalls":[]}
        """;

    public static readonly string Endpoint = """
        {"endpointId":"0199a1b2-0000-7000-8000-000000000002","organization":"county:06037","url":"https://county.example/","duty":null,"state":"ENABLED","reason":null,
         "createdAt":"2026-11-21T07:10:00.000Z"}
        """;

    public static IntakeClient Intake(this ScriptedServer server, CallSettings? settings = null, ITokenSource? tokens = null) =>
        new(server.Address, tokens ?? new GivenTokens(_ => ValueTask.FromResult("token")), settings ?? Hurried);

    public static NotificationClient Notification(this ScriptedServer server, CallSettings? settings = null) =>
        new(server.Address, new GivenTokens(_ => ValueTask.FromResult("token")), settings ?? Hurried);

    /// <summary>An encounter whose timeline has these numbers.</summary>
    public static string View(string next, params int[] timeline) => Receipt.Trim()[..^1]
        + $$""","next":"{{next}}","timeline":[{{string.Join(',', timeline.Select(Line))}}]}""";

    private static string Line(int number) => $$"""{"sequence":{{number}},"at":"2026-11-21T07:10:00Z","type":"handoff.opened.v1","reportId":null,"data":{ } }""";
}
