using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Something that has happened to an encounter: one event of any service, as coded facts.</summary>
public sealed class TimelineEntry
{
    /// <summary>The event's message id: what comes twice is there once.</summary>
    public Guid MessageId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>Cursor; grows within an encounter in the order in which entries become visible. Given by the database.</summary>
    public long Sequence { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>Wire name of the event.</summary>
    public string Type { get; set; } = "";
    public Guid? ReportId { get; set; }
    public JsonObject Data { get; set; } = [];

    /// <summary>The entry of an event. The children that some events carry for other services are left out; their reports' ids stay.</summary>
    public static TimelineEntry Of<T>(Guid messageId, T message) where T : class, IEncounterEvent
    {
        var data = JsonSerializer.SerializeToNode(message, WireFormat.Json)!.AsObject();
        var reportId = data["reportId"]?.GetValue<Guid>();
        if (data["reports"] is JsonArray reports)
            data["reportIds"] = new JsonArray([.. reports.Select(r => r!["reportId"]!.DeepClone())]);
        foreach (var member in new[] { "encounterId", "at", "reportId", "child", "reports" })
            data.Remove(member);
        return new() { MessageId = messageId, EncounterId = message.EncounterId, At = message.At, Type = Name<T>.OnWire, ReportId = reportId, Data = data };
    }

    public bool Is<T>() where T : IEncounterEvent => Type == Name<T>.OnWire;

    public T? Fact<T>(string member) where T : struct => Data[member]?.Deserialize<T>(WireFormat.Json);

    public string? Text(string member) => Data[member]?.GetValue<string>();

    private static class Name<T>
    {
        public static readonly string OnWire = WireNameAttribute.Of(typeof(T));
    }
}
