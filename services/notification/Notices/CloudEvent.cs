using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Notification.Notices;

/// <summary>A notice as it leaves: a CloudEvents 1.0 structured event with ids, urgency, due time and a link, and nothing else.</summary>
/// <param name="Specversion"><c>1.0</c>.</param>
/// <param name="Id">The notice.</param>
/// <param name="Source">Which service says it.</param>
/// <param name="Type">What has happened: <c>org.safeharbor.</c> and the name of the event.</param>
/// <param name="Subject">What it is about: the id of a handoff, an offer, a need.</param>
/// <param name="Time">When it was asked for.</param>
/// <param name="Datacontenttype"><c>application/json</c>.</param>
/// <param name="Data">The rest.</param>
/// <param name="Test">Extension attribute: it is of a sandbox, and nobody was encountered; left out everywhere else.</param>
/// <param name="Drill">Extension attribute: it is about a drill, and nobody was encountered; left out everywhere else.</param>
internal sealed record CloudEvent(string Specversion, string Id, string Source, string Type, string Subject, DateTimeOffset Time,
    string Datacontenttype, CloudEventData Data, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Test = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Drill = false)
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
            NodeId = SubjectIf(SubjectKinds.Node),
            DrillId = SubjectIf(SubjectKinds.Drill),
            EmergencyAccessId = SubjectIf(SubjectKinds.EmergencyAccess),
            UnusualReadingId = SubjectIf(SubjectKinds.UnusualReading),
            Urgency = notice.Urgency,
            DueAt = notice.DueAt,
            Duty = notice.Duty,
            Link = notice.Link,
        }) with
        { Drill = notice.Drill };
    }

    /// <summary>What an endpoint's owner sends to see whether it works.</summary>
    public static CloudEvent EndpointTested(Guid id, Guid endpoint, DateTimeOffset at, string challenge) =>
        Of(id, "notification", NoticeTypes.EndpointTested, endpoint, at, new() { EndpointId = endpoint, Challenge = challenge });

    /// <summary>The bytes that are signed and sent; the same for every attempt.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CloudEventJson.Default.CloudEvent);

    private static CloudEvent Of(Guid id, string source, string type, Guid subject, DateTimeOffset at, CloudEventData data) =>
        new("1.0", id.ToString(), source, TypePrefix + type, subject.ToString(), at, "application/json", data);
}

/// <summary>What a notice says: ids, urgency, due time and a link. Members that do not apply are left out.</summary>
internal sealed record CloudEventData
{
    /// <summary>The notice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? NoticeId { get; init; }
    /// <summary>The encounter; left out when the notice is about the system itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EncounterId { get; init; }
    /// <summary>The report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ReportId { get; init; }
    /// <summary>The handoff that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? HandoffId { get; init; }
    /// <summary>The offer that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? OfferId { get; init; }
    /// <summary>The need that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? NeedId { get; init; }
    /// <summary>The desk item that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DeskItemId { get; init; }
    /// <summary>The county's node that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? NodeId { get; init; }
    /// <summary>The county's drill that it is about, when nobody has answered it; what a drill's handoff tells is about the handoff.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? DrillId { get; init; }
    /// <summary>The emergency access that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EmergencyAccessId { get; init; }
    /// <summary>The finding of unusual reading that it is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? UnusualReadingId { get; init; }
    /// <summary>The endpoint that is tested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? EndpointId { get; init; }
    /// <summary>What the endpoint that is tested is asked to repeat: answer <c>{"challenge": "…"}</c> with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Challenge { get; init; }
    /// <summary>How fast somebody must act.</summary>
    [CodeOf(typeof(Urgencies))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Urgency { get; init; }
    /// <summary>Until when something is to be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>Whom at the organization it is for; left out when it is for the organization as such.</summary>
    [CodeOf(typeof(Duties))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Duty { get; init; }
    /// <summary>Where it is read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)]), JsonSerializable(typeof(CloudEvent))]
internal sealed partial class CloudEventJson : JsonSerializerContext;
