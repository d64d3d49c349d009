using System.Globalization;
using System.Text.Json;

namespace SafeHarbor.Local.Conformance;

/// <summary>The cases, in the order in which they are played. Which there are is ours.</summary>
internal static class ConformanceCases
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<ConformanceCase> All =>
    [
        new ContentCase("minimal", "Report a child of whom you know nothing but that an officer has learned of it just now; no place, no custody.",
            report => Unless(Count(report) == 1, "There is not one child in 'children': a child of whom nothing is known is {}.")),
        new ContentCase("complete",
            "Report a girl of 15, found at 33.94, -117.985, taken into protective custody for immediate danger. She speaks Spanish, her guardian is not safe, and she needs an advocate and an "
            + "emergency shelter.", FaultsOfComplete),
        new ContentCase("unknown-left-out", "Report a child at 34.05, -118.25 whose age and gender nobody knows.", FaultsOfUnknown),
        new ContentCase("city-and-zip", "Report a child found in Whittier, 90601, where your system has no coordinates.", FaultsOfCity),
        new ContentCase("several-children", "Report two children of one incident.",
            report => Unless(Count(report) >= 2, "There are not two children in 'children': the children of one incident are one report, each with its own entry.")),
        new ContentCase("no-charges", "Report a child to whom your records hold an arrest and a charge with the number 647.",
            report => Unless(!report.GetRawText().Contains("647", StringComparison.Ordinal), "The charge stands in the report: the child is no suspect, and nothing of an arrest goes along.")),
        new RetryCase("answer-lost", "Report a child. It arrives, but the connection breaks before your system has the answer.", "docs/problems/idempotency-key-reused.md",
            Disturbance.AnswerLost, TimeSpan.Zero),
        new RetryCase("unavailable", "Report a child. The service is away for a moment (503 with Retry-After).", "docs/problems/unavailable.md",
            ToWait(503, "unavailable", "The service cannot do this for the moment. Send the same request again, with the same Idempotency-Key, in a few seconds."), RetryAfter),
        new RetryCase("too-many-requests", "Report a child. Too much has been sent (429 with Retry-After).", "docs/problems/too-many-requests.md",
            ToWait(429, "too-many-requests", "Wait as long as the Retry-After header says and send it again."), RetryAfter),
        new CorrectionCase(),
        new TokenCase(),
        new TelephoneCase(),
        new FollowingCase(),
    ];

    private static Disturbance ToWait(int status, string problem, string detail) =>
        new(status, problem, detail, new Dictionary<string, string> { ["Retry-After"] = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture) });

    private static int Count(JsonElement report) => report.At("children") is { ValueKind: JsonValueKind.Array } children ? children.GetArrayLength() : 0;

    private static IEnumerable<string> FaultsOfComplete(JsonElement report) =>
    [
        .. Unless(Is(report, "location.latitude", 33.94) && Is(report, "location.longitude", -117.985), "/location is not 33.94, -117.985."),
        .. Unless(report.At("custody.taken")?.ValueKind == JsonValueKind.True, "/custody/taken is not true."),
        .. Unless(report.Holds("custody.grounds", "IMMEDIATE_DANGER"), "/custody/grounds lacks IMMEDIATE_DANGER."),
        .. Unless(report.At("children.0.approximateAge")?.ToString() == "15", "/children/0/approximateAge is not 15."),
        .. Unless(report.At("children.0.gender")?.ToString() == "female", "/children/0/gender is not 'female'."),
        .. Unless(report.Holds("children.0.languages", "es"), "/children/0/languages lacks 'es'."),
        .. Unless(report.Holds("children.0.needs", "ADVOCATE") && report.Holds("children.0.needs", "EMERGENCY_SHELTER"), "/children/0/needs lacks ADVOCATE or EMERGENCY_SHELTER."),
        .. Unless(report.At("children.0.safety.guardianUnsafe")?.ValueKind == JsonValueKind.True, "/children/0/safety/guardianUnsafe is not true."),
    ];

    private static IEnumerable<string> FaultsOfUnknown(JsonElement report) =>
    [
        .. Unless(report.At("children.0.approximateAge") is null && report.At("children.0.dateOfBirth") is null,
            "/children/0 has an age or a date of birth, but nobody knows it: leave out what is not known. A guess sends the child to the wrong provider."),
        .. Unless(report.At("children.0.gender")?.ToString() is null or "unknown", "/children/0/gender is guessed: leave it out, or say 'unknown'."),
    ];

    private static IEnumerable<string> FaultsOfCity(JsonElement report) =>
    [
        .. Unless(report.At("location.latitude") is null && report.At("location.longitude") is null, "/location has coordinates that nobody measured: leave them out, and the city and ZIP code count."),
        .. Unless(report.At("location.city") is not null, "/location/city is missing."),
        .. Unless(report.At("location.zip")?.ToString() == "90601", "/location/zip is not 90601."),
    ];

    private static bool Is(JsonElement report, string path, double value) =>
        report.At(path) is { ValueKind: JsonValueKind.Number } number && Math.Abs(number.GetDouble() - value) < 0.0005;

    private static IEnumerable<string> Unless(bool right, string fault) => right ? [] : [fault];
}
