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
    /// <summary>The rest of the event, a JSON object; see <see cref="CodedFacts"/>.</summary>
    public string Data { get; set; } = "{}";

    public static TimelineEntry Of<T>(Guid messageId, T message) where T : class, IEncounterEvent => new()
    {
        MessageId = messageId,
        EncounterId = message.EncounterId,
        At = message.At,
        Type = WireNameAttribute.Of(typeof(T)),
        ReportId = (message as IReportEvent)?.ReportId,
        Data = CodedFacts.Of(message),
    };
}
