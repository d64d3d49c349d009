using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Local.Conformance;

/// <summary>A request of the vendor's system, and what it was answered.</summary>
internal sealed record Exchange
{
    public required string Method { get; init; }

    /// <summary>Without the query.</summary>
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    /// <summary><c>Idempotency-Key</c>.</summary>
    public string? Key { get; init; }

    /// <summary><c>Authorization</c>.</summary>
    public string? Token { get; init; }

    /// <summary>As text.</summary>
    public string Sent { get; init; } = "";

    /// <summary>When it had come whole.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>With which status; 0 until then.</summary>
    public int Status { get; init; }

    /// <summary>As text.</summary>
    public string Answered { get; init; } = "";

    /// <summary>When the answer was given, or the connection cut.</summary>
    public DateTimeOffset EndedAt { get; init; }

    /// <summary>What the run did to it; null when intake's answer went back.</summary>
    public Disturbance? Disturbance { get; init; }

    public bool IsReport => Method == "POST" && Path == "/v1/encounters";

    /// <summary>A report that is on record, and whose sender knows it.</summary>
    public bool IsTaken => IsReport && Disturbance is null && Status is 200 or 201;

    /// <summary>What was sent, as far as it is JSON; an undefined element otherwise.</summary>
    public JsonElement Body => Read(Sent);

    /// <summary>What was answered, likewise.</summary>
    public JsonElement Answer => Read(Answered);

    /// <summary>Whether the bodies say the same, however they are written.</summary>
    public bool SaysTheSameAs(Exchange other)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(Sent), JsonNode.Parse(other.Sent));
        }
        catch (JsonException)
        {
            return Sent == other.Sent;
        }
    }

    private static JsonElement Read(string text)
    {
        try
        {
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>What the run does in the place of a plain answer.</summary>
/// <param name="Status">What it answers itself, without asking intake; null when it lets intake answer and then cuts the connection.</param>
/// <param name="Problem">The name of the problem that it answers.</param>
/// <param name="Detail">What that says.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Errors">Its <c>errors</c>; null without.</param>
internal sealed record Disturbance(int? Status, string Problem = "", string Detail = "", IReadOnlyDictionary<string, string>? Headers = null, object? Errors = null)
{
    /// <summary>Intake commits, and nobody hears of it.</summary>
    public static readonly Disturbance AnswerLost = new(Status: null);
}
