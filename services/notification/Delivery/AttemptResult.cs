namespace SafeHarbor.Notification.Delivery;

/// <summary>What came of one attempt: an HTTP status, or the reason why there was none.</summary>
internal sealed record AttemptResult(int? Status, string? Error, TimeSpan Duration, TimeSpan? RetryAfter = null)
{
    public const string EndpointClosed = "ENDPOINT_CLOSED";

    /// <summary>The endpoint was disabled or deleted: no attempt was made.</summary>
    public static AttemptResult NotMade { get; } = new(null, EndpointClosed, TimeSpan.Zero);

    public bool IsDelivered => Status is >= 200 and < 300;

    /// <summary>The endpoint is not there any more, or not wanted.</summary>
    public bool IsGone => Status == 410 || Error == EndpointClosed;
}

/// <summary>Why an attempt got no answer.</summary>
internal static class AttemptErrors
{
    /// <summary>None came in time.</summary>
    public const string Timeout = "TIMEOUT";
    /// <summary>Nobody listens there.</summary>
    public const string ConnectionRefused = "CONNECTION_REFUSED";
    /// <summary>The connection could not be made, or broke.</summary>
    public const string ConnectionFailed = "CONNECTION_FAILED";
    /// <summary>The name of the host leads nowhere.</summary>
    public const string NameNotResolved = "NAME_NOT_RESOLVED";
    /// <summary>The certificate is not valid, or TLS failed otherwise.</summary>
    public const string Tls = "TLS";
    /// <summary>The address is not https.</summary>
    public const string NotHttps = "NOT_HTTPS";
    /// <summary>The name leads to an address that is not on the public internet.</summary>
    public const string AddressRefused = "ADDRESS_REFUSED";
    /// <summary>The endpoint's secret or its address cannot be opened here: rotate the secret, or register the endpoint anew.</summary>
    public const string SecretUnreadable = "SECRET_UNREADABLE";
    /// <summary>What came back is not HTTP.</summary>
    public const string NotHttp = "NOT_HTTP";
}
