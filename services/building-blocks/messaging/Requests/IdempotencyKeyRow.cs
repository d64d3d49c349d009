namespace SafeHarbor.Messaging.Requests;

/// <summary>A request that was answered under an <c>Idempotency-Key</c>, with its answer.</summary>
public sealed class IdempotencyKeyRow
{
    /// <summary>Whose key it is: callers do not share keys.</summary>
    public string Caller { get; set; } = "";
    /// <summary>SHA-256 of whose it is and the header's value: what somebody may have written there is not kept.</summary>
    public byte[] KeyHash { get; set; } = [];
    /// <summary>SHA-256 of method, path and body.</summary>
    public byte[] RequestHash { get; set; } = [];
    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; set; }
    /// <summary>Its <c>Location</c> header.</summary>
    public string? Location { get; set; }
    /// <summary>Its <c>ETag</c> header.</summary>
    public string? ETag { get; set; }
    /// <summary>Its body, JSON.</summary>
    public string Answer { get; set; } = "";
    /// <summary>When, by the database's clock.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
