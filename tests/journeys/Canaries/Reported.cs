using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>A report that was taken, and the canaries of it that each kind of reader gets, no more and no fewer.</summary>
/// <param name="EncounterId">Of the encounter that it belongs to.</param>
/// <param name="ReportId">Its id.</param>
/// <param name="Child">The child's index in the body.</param>
/// <param name="Body">As it was sent; a later telephone report has taken its place in it.</param>
internal sealed record Reported(Guid EncounterId, Guid ReportId, int Child, JsonObject Body)
{
    /// <summary>The worker whom its county has named; null as long as it has not.</summary>
    public JsonObject? Worker { get; init; }

    /// <summary>What its agency has added; null when it has added nothing.</summary>
    public JsonObject? Supplement { get; init; }

    /// <summary>Everything about the encounter and this child.</summary>
    public IReadOnlySet<string> OfCounty(Mark canary) => In(OfThisChild().ToJsonString(), canary);

    /// <summary>The same without the reporter's identity.</summary>
    public IReadOnlySet<string> InEmergency(Mark canary)
    {
        var body = OfThisChild();
        body.Remove("officer");
        body.Remove("jointReporters");
        body["supplement"]?.AsObject().Remove("officer");
        return In(body.ToJsonString(), canary);
    }

    /// <summary>What it takes to meet the child.</summary>
    public IReadOnlySet<string> OfProvider(Mark canary)
    {
        var child = Body["children"]![Child]!;
        // What was added counts, but alerts add up.
        var (known, place) = (Supplement?["child"] ?? child, (Supplement ?? Body)["presentLocation"]!);
        var told = new[] { known["name"]!["given"], child["safety"]!["medicalAlerts"], known["safety"]!["medicalAlerts"], place["address"], place["city"] };
        return In(string.Join(' ', told.Select(text => (string?)text).Append(Worker?.ToJsonString())), canary);
    }

    /// <summary>The planted values that occur in a text.</summary>
    public static IReadOnlySet<string> In(string text, Mark canary) => Regex.Matches(text, canary.Text + "n[0-9]+[A-Za-z]*").Select(match => match.Value).ToHashSet();

    private JsonObject OfThisChild()
    {
        var body = (JsonObject)Body.DeepClone();
        body["children"] = new JsonArray(Body["children"]![Child]!.DeepClone());
        body["worker"] = Worker?.DeepClone();
        body["supplement"] = Supplement?.DeepClone();
        return body;
    }
}
