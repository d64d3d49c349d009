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

internal static class AttemptErrors
{
    public const string Timeout = "TIMEOUT";
    public const string ConnectionRefused = "CONNECTION_REFUSED";
    public const string ConnectionFailed = "CONNECTION_FAILED";
    public const string NameNotResolved = "NAME_NOT_RESOLVED";
    public const string Tls = "TLS";
    public const string NotHttps = "NOT_HTTPS";
    public const string AddressRefused = "ADDRESS_REFUSED";
    public const string SecretUnreadable = "SECRET_UNREADABLE";
    public const string NotHttp = "NOT_HTTP";
}
