namespace SafeHarbor.Notification.Notices;

/// <summary>
/// One decision about a notice. Whoever decides reads the notice whole, decides, and commits the next entry with the rest; when another was first,
/// the key refuses and it decides again. So what several instances decide about a notice happens in one order.
/// </summary>
internal sealed class JournalEntry
{
    public Guid NoticeId { get; set; }
    public int Number { get; set; }
    public DateTimeOffset At { get; set; }
    /// <summary><c>ADDRESSED</c>, <c>ATTEMPTED</c>, <c>GIVEN_UP</c> (without an attempt), <c>RESENT</c>, <c>READ</c> (in the feed).</summary>
    public string Kind { get; set; } = "";
    public Guid? DeliveryId { get; set; }
    public Guid? EndpointId { get; set; }
    /// <summary>HTTP status of the answer.</summary>
    public int? Status { get; set; }
    /// <summary>Why there was no answer.</summary>
    public string? Error { get; set; }
    public int? Milliseconds { get; set; }
}

internal static class JournalKinds
{
    public const string Addressed = "ADDRESSED";
    public const string Attempted = "ATTEMPTED";
    public const string GivenUp = "GIVEN_UP";
    public const string Resent = "RESENT";
    public const string Read = "READ";
}
