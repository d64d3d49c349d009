namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Configuration section <c>Limits</c>. A value that is not above zero stops the start.</summary>
internal sealed class LimitSettings
{
    /// <summary>Connections at once.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>How many of them may be unknown, which is: no valid token was seen on them yet. Three quarters when nothing is said; the rest is for known ones.</summary>
    public int? UnknownConnections { get; init; }

    /// <summary>
    /// Unknown connections of one network (an IPv4 address, an IPv6 /64), and requests without a valid token under way from it. A statewide agency behind
    /// one address stays below: its connections are known after their first request.
    /// </summary>
    public int ConnectionsPerNetwork { get; init; } = 512;

    /// <summary>New connections of one network that are let in a second; what comes beyond waits, as many as <see cref="ConnectionsPerNetwork"/>, while other networks' are let in.</summary>
    public int ConnectionsPerSecond { get; init; } = 500;

    /// <summary>Known connections of one organization; what it has beyond them goes on being unknown.</summary>
    public int ConnectionsPerOrganization { get; init; } = 1024;

    /// <summary>How long an unknown connection is kept on which nothing was sent yet, or nothing more after an answer.</summary>
    public TimeSpan UnknownIdle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Networks (CIDR) of proxies that are believed when they say, in <c>X-Forwarded-For</c>, for whom they ask. None when nothing is said.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>How long a request may take, from its head to its answer: above the 30 seconds that a request may wait for news.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take over a request's head, which may hold a token that is not valid.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Requests a second of one organization: of all its reading, and of each of its commands by itself.</summary>
    public int PerOrganization { get; init; } = 2000;

    /// <summary>Requests a second without a valid token from one address (IPv6: from one /64 network).</summary>
    public int PerAddress { get; init; } = 100;

    /// <summary>Requests of one organization under way at once, over whatever connections; its reading, and each of its commands, may be half of them.</summary>
    public int InProgress { get; init; } = 1024;

    /// <summary>How many of them may wait for news.</summary>
    public int Waiting { get; init; } = 256;

    /// <summary>How many may be unknown.</summary>
    public int MostUnknown => UnknownConnections ?? Math.Max(1, Connections * 3 / 4);

    /// <summary>How many may be known: an eighth is left, so that somebody new always has a chance.</summary>
    public int MostKnown => Connections - Math.Max(1, Connections / 8);
}
