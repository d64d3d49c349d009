using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Notification.Notices;

/// <summary>A notice as it leaves: a CloudEvents 1.0 structured event with ids, urgency, due time and a link, and nothing else.</summary>
internal sealed record CloudEvent(string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time,
    string Datacontenttype, CloudEventData Data)
{
    public const string ContentType = "application/cloudevents+json";
    public const string TypePrefix = "org.safeharbor.";

    public static CloudEvent Of(Notice notice)
    {
        Guid? SubjectIf(string kind) => notice.SubjectKind == kind ? notice.Subject : null;
        return Of(notice.Id, notice.Source, notice.Type, notice.Subject, notice.RequestedAt, new()
        {
            NoticeId = notice.Id,
            EncounterId = notice.EncounterId,
            ReportId = notice.ReportId,
            HandoffId = SubjectIf(SubjectKinds.Handoff),
            OfferId = SubjectIf(SubjectKinds.Offer),
            NeedId = SubjectIf(SubjectKinds.Need),
            DeskItemId = SubjectIf(SubjectKinds.DeskItem),
            EmergencyAccessId = SubjectIf(SubjectKinds.EmergencyAccess),
            UnusualReadingId = SubjectIf(SubjectKinds.UnusualReading),
            Urgency = notice.Urgency,
            DueAt = notice.DueAt,
            Link = notice.Link,
        });
    }

    /// <summary>What an endpoint's owner sends to see whether it works.</summary>
    public static CloudEvent Test(Guid id, Guid endpoint, DateTimeOffset at) =>
        Of(id, "notification", "endpoint.tested.v1", endpoint, at, new() { EndpointId = endpoint });

    /// <summary>The bytes that are signed and sent; the same for every attempt.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CloudEventJson.Default.CloudEvent);

    private static CloudEvent Of(Guid id, string source, string type, Guid subject, DateTimeOffset at, CloudEventData data) =>
        new("1.0", id.ToString(), source, TypePrefix + type, subject.ToString(), at.ToUniversalTime(), "application/json", data);
}

/// <summary>Members that do not apply are left out.</summary>
internal sealed record CloudEventData
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? NoticeId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EncounterId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ReportId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? HandoffId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? OfferId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? NeedId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DeskItemId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EmergencyAccessId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? UnusualReadingId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EndpointId { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Urgency { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web), JsonSerializable(typeof(CloudEvent))]
internal sealed partial class CloudEventJson : JsonSerializerContext;
