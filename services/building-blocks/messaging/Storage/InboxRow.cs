namespace SafeHarbor.Messaging.Storage;

/// <summary>A message that a queue's handler has dealt with; the same message there again changes nothing, for thirty days.</summary>
public sealed class InboxRow
{
    /// <summary>The UTC day on which the message was first sent, as every copy of it says: the partition that remembers it.</summary>
    public DateOnly SentOn { get; set; }
    /// <summary>The message.</summary>
    public Guid MessageId { get; set; }
    /// <summary>The queue.</summary>
    public string Consumer { get; set; } = "";
}
