namespace SafeHarbor.Messaging.Storage;

/// <summary>A message that is sent when it is due.</summary>
public sealed class TimerRow
{
    /// <summary>Cancels the timer; becomes the id of its message.</summary>
    public Guid Token { get; set; }
    /// <summary>When it fires, by the database's clock.</summary>
    public DateTimeOffset DueAt { get; set; }
    /// <summary>Ordering key of its message.</summary>
    public Guid OrderingKey { get; set; }
    /// <summary><c>queue:NAME</c>.</summary>
    public string Destination { get; set; } = "";
    /// <summary>Wire name of its message.</summary>
    public string Type { get; set; } = "";
    /// <summary>Its message as UTF-8 JSON.</summary>
    public byte[] Body { get; set; } = [];
    /// <summary>W3C trace context of whoever started it.</summary>
    public string? TraceParent { get; set; }

    internal TimeSpan Delay { get; init; }
    internal object? Message { get; init; }
}
