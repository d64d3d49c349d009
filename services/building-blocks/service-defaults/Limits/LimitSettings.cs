namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Configuration section <c>Limits</c>. A value that is not above zero stops the start.</summary>
internal sealed class LimitSettings
{
    /// <summary>Connections at once; one more is closed unanswered.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How long a request may take, from its head to its answer: above the 30 seconds that a request may wait for news.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take over a request's head, which may hold a token that is not valid.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second of one organization: of all its reading, and of each of its commands by itself.</summary>
    public int PerOrganization { get; init; } = 2000;

    /// <summary>Requests a second without a valid token from one address (IPv6: from one /64 network).</summary>
    public int PerAddress { get; init; } = 100;
}
