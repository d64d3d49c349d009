using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Where an organization wants its notices.</summary>
internal sealed class WebhookEndpoint
{
    public Guid Id { get; set; }
    public Organization Organization { get; set; } = null!;
    /// <summary>Its address, sealed; <see cref="EndpointUrl"/> opens it.</summary>
    public byte[] UrlCiphertext { get; set; } = [];
    public byte[] UrlWrappedKey { get; set; } = [];
    /// <summary>Whose it is at the organization; null when it is for all that has no endpoint of its own.</summary>
    public string? Duty { get; set; }
    public string State { get; set; } = EndpointStates.Testing;
    /// <summary>Why it is disabled: <c>GONE</c> when it answered 410, null when its owner did it.</summary>
    public string? Reason { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>Of the challenge of the last test, while none has been repeated.</summary>
    public byte[]? ChallengeHash { get; set; }
    public DateTimeOffset? ChallengedAt { get; set; }
    /// <summary>When a challenge that was sent to its address was repeated; without it nothing else is sent there.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
    /// <summary>Counts changes; the ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>What it is when its owner wants notices there.</summary>
    public string Wanted => ConfirmedAt is null ? EndpointStates.Testing : EndpointStates.Enabled;

    public SealedData Url
    {
        get => new(UrlCiphertext, UrlWrappedKey);
        set => (UrlCiphertext, UrlWrappedKey) = (value.Ciphertext, value.WrappedKey);
    }
}

/// <summary>Whether an endpoint gets notices.</summary>
internal static class EndpointStates
{
    /// <summary>None yet: it has to repeat the challenge of a test first.</summary>
    public const string Testing = "TESTING";
    /// <summary>It gets them.</summary>
    public const string Enabled = "ENABLED";
    /// <summary>It gets none.</summary>
    public const string Disabled = "DISABLED";
    /// <summary>Its owner sees it no more; the row stays until its open deliveries are given up.</summary>
    public const string Deleted = "DELETED";
}
