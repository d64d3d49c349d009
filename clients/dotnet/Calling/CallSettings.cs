namespace SafeHarbor.Client;

/// <summary>How a client calls. What it does not know whether it was done is sent again, for the services do it once; see the README.</summary>
public sealed record CallSettings
{
    private static readonly Lazy<HttpClient> Shared = new(() => new HttpClient(new SocketsHttpHandler
    {
        // A service that has moved is found again. A token is for the service that was named, so nothing is followed elsewhere.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan });

    private readonly HttpClient? _http;

    /// <summary>What sends: one of your own for a proxy, or for a client certificate that tokens are bound to. Its timeout must be longer than <see cref="Patience"/>.</summary>
    public HttpClient Http
    {
        get => _http ?? Shared.Value;
        init => _http = value;
    }

    /// <summary>How often a call is sent again before the caller is told that it has failed.</summary>
    public int Repetitions { get; init; } = 5;

    /// <summary>The wait before the first repetition, more or less: it varies, and doubles each time. A service that says how long to wait is obeyed.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait. When a service asks for a longer one, the caller is told at once instead.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one answer may take. Longer than the 30 seconds that a question for news waits.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
