namespace SafeHarbor.Notification.Delivery;

/// <summary>Configuration section <c>Delivery</c>.</summary>
internal sealed class DeliverySettings
{
    /// <summary>Waits after the first, second … failed attempt; null for the default.</summary>
    public TimeSpan[]? Schedule { get; init; }
    /// <summary>The wait after that.</summary>
    public TimeSpan ThenEvery { get; init; } = TimeSpan.FromHours(6);
    /// <summary>How long after its beginning a delivery is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(3);
    /// <summary>How long an endpoint may take to answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>After this an attempt whose outcome is not known is made again; well above <see cref="Timeout"/>.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>
    /// An organization that has read its feed within this time is told by it, also when it has no endpoint; a notice that it has not read within this time is given up. The
    /// default is ours: a program that polls once a minute may fail for a while, and a county's silence begins to climb its ladder by then.
    /// </summary>
    public TimeSpan FeedSilentAfter { get; init; } = TimeSpan.FromMinutes(15);
    /// <summary>Attempts at once.</summary>
    public int Concurrency { get; init; } = 128;
    /// <summary>Attempts at once to one endpoint, so that one that hangs leaves room for the others.</summary>
    public int ConcurrencyPerEndpoint { get; init; } = 8;
    /// <summary>Endpoints of one organization; each notice goes to all that it is for.</summary>
    public int EndpointsPerOrganization { get; init; } = 20;
}
