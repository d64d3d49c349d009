namespace SafeHarbor.Messaging.Storage;

/// <summary>A message that a queue's handler has dealt with; the same message there again changes nothing.</summary>
public sealed class InboxRow
{
    /// <summary>The queue.</summary>
    public string Consumer { get; set; } = "";
    /// <summary>The message.</summary>
    public Guid MessageId { get; set; }
    /// <summary>When, by the database's clock.</summary>
    public DateTimeOffset ReceivedAt { get; set; }
}
