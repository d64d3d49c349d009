using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Something that has happened to an encounter: one event of any service, as coded facts.</summary>
public sealed class TimelineEntry
{
    private JsonElement? _facts;

    /// <summary>The event's message id: what comes twice is there once.</summary>
    public Guid MessageId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>Cursor; grows within an encounter in the order in which entries become visible. Given by the database.</summary>
    public long Sequence { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary>Wire name of the event.</summary>
    public string Type { get; set; } = "";
    public Guid? ReportId { get; set; }
    /// <summary>The rest of the event, a JSON object; see <see cref="CodedFacts"/>.</summary>
    public string Data { get; set; } = "{}";

    private JsonElement Facts => _facts ??= JsonElement.Parse(Data);

    public static TimelineEntry Of<T>(Guid messageId, T message) where T : class, IEncounterEvent => new()
    {
        MessageId = messageId,
        EncounterId = message.EncounterId,
        At = message.At,
        Type = Event<T>.NameOnWire,
        ReportId = Event<T>.ReportIdOf(message),
        Data = CodedFacts.Of(message),
    };

    public bool Is<T>() where T : IEncounterEvent => Type == Event<T>.NameOnWire;

    /// <summary>The id that is told under this name; null when there is none.</summary>
    public Guid? Id(string name) => Find(name) is { } fact ? fact.GetGuid() : null;

    public IEnumerable<Guid> Ids(string name) => Find(name) is { } fact ? fact.EnumerateArray().Select(id => id.GetGuid()) : [];

    public string? Text(string name) => Find(name)?.GetString();

    public T? Fact<T>(string name) where T : struct => Find(name)?.Deserialize<T>(WireFormat.Json);

    private JsonElement? Find(string name) =>
        Facts.TryGetProperty(name, out var fact) && fact.ValueKind != JsonValueKind.Null ? fact : null;

    private static class Event<T>
    {
        private static readonly System.Reflection.PropertyInfo? Report = typeof(T).GetProperty("ReportId");

        public static readonly string NameOnWire = WireNameAttribute.Of(typeof(T));

        public static Guid? ReportIdOf(T message) => (Guid?)Report?.GetValue(message);
    }
}
