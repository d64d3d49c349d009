namespace SafeHarbor.Notification.Endpoints;

/// <summary>Where an organization wants its notices.</summary>
internal sealed class WebhookEndpoint
{
    public Guid Id { get; set; }
    public Organization Organization { get; set; } = null!;
    public string Url { get; set; } = "";
    /// <summary>Whose it is at the organization; null when it is for all that has no endpoint of its own.</summary>
    public string? Duty { get; set; }
    public string State { get; set; } = EndpointStates.Enabled;
    /// <summary>Why it is disabled: <c>GONE</c> when it answered 410, null when its owner did it.</summary>
    public string? Reason { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>Counts changes; the ETag.</summary>
    public int Version { get; set; } = 1;
}

/// <summary>Whether an endpoint gets notices.</summary>
internal static class EndpointStates
{
    /// <summary>It gets them.</summary>
    public const string Enabled = "ENABLED";
    /// <summary>It gets none.</summary>
    public const string Disabled = "DISABLED";
    /// <summary>Its owner sees it no more; the row stays until its open deliveries are given up.</summary>
    public const string Deleted = "DELETED";
}
