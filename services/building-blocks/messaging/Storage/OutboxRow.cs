namespace SafeHarbor.Messaging.Storage;

/// <summary>A message that has committed and is not yet confirmed by the broker.</summary>
public sealed class OutboxRow
{
    /// <summary>Order of sending within <see cref="OrderingKey"/>; given by the database.</summary>
    public long Sequence { get; set; }
    /// <summary>Identifies the message for ever; receivers drop what they have seen.</summary>
    public Guid MessageId { get; set; }
    /// <summary>Messages with the same key keep their order: the encounter.</summary>
    public Guid OrderingKey { get; set; }
    /// <summary><c>exchange:NAME</c> or <c>queue:NAME</c>.</summary>
    public string Destination { get; set; } = "";
    /// <summary>The key of an addressed message that is sent to an exchange (<see cref="Contracts.IAddressed"/>).</summary>
    public string? RoutingKey { get; set; }
    /// <summary>Wire name of the message.</summary>
    public string Type { get; set; } = "";
    /// <summary>The message as UTF-8 JSON.</summary>
    public byte[] Body { get; set; } = [];
    /// <summary>W3C trace context of whoever decided to send it.</summary>
    public string? TraceParent { get; set; }
    /// <summary>Token of the timer that it comes from.</summary>
    public Guid? TimerToken { get; set; }
    /// <summary>When it was written, by the database's clock.</summary>
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>When it was first sent, by the database's clock; a message that was parked and is sent again keeps its time.</summary>
    public DateTimeOffset SentAt { get; set; }
    /// <summary>How often the broker did not take it.</summary>
    public int Attempts { get; set; }
    /// <summary>Not tried again before this time.</summary>
    public DateTimeOffset? NotBefore { get; set; }
    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; set; }

    internal object? Message { get; init; }
}
