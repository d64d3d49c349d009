using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// The issuer's keys, fetched in the background at the start and again and again, so that no request waits for an issuer that is away and a withdrawn key
/// goes even from a service that nobody calls. The library's own cache does neither: it fetches when a request comes, no oftener than every five
/// minutes, and goes on taking the keys before the present ones for an hour. While the issuer is away the keys that are here go on being used.
/// </summary>
internal sealed partial class IssuerKeys(IConfiguration configuration, IHostEnvironment environment, TimeProvider time, ILogger<IssuerKeys> log)
    : BackgroundService, IHealthCheck
{
    private const int LongestDocument = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstKeysEvery = TimeSpan.FromSeconds(2);

    private readonly Lazy<IssuerSettings?> _settings = new(() => IssuerSettings.From(configuration, environment));
    private readonly HttpClient _http = new() { Timeout = Patience, MaxResponseContentBufferSize = LongestDocument };
    private readonly Lock _fetchingOne = new();
    private volatile OpenIdConnectConfiguration? _current;
    private Task _fetching = Task.CompletedTask;
    private long? _fetchedAt;

    /// <summary>Null in development, where tokens are signed with a key of our own. Throws <see cref="Hosting.StartRefusedException"/> when it cannot be used.</summary>
    public IssuerSettings? Settings => _settings.Value;

    /// <summary>The issuer and its keys as last fetched, another instance after each fetch; null as long as they never were.</summary>
    public OpenIdConnectConfiguration? Current => _current;

    /// <summary>Fetches them again unless that was done a moment ago, and waits for it, but not for long.</summary>
    /// <returns>What is known then.</returns>
    public async Task<OpenIdConnectConfiguration?> FetchAgainAsync()
    {
        await Fetch(Settings!.KeysAtMostEvery).WaitAsync(RequestPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _current;
    }

    /// <summary>A service that has never had keys can answer nobody; one that has them works without the issuer.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Settings is null || _current is not null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Settings is { } settings)
        {
            await Fetch(TimeSpan.Zero).WaitAsync(stoppingToken);
            await Task.Delay(_current is null && FirstKeysEvery < settings.KeysEvery ? FirstKeysEvery : settings.KeysEvery, time, stoppingToken);
        }
    }

    private Task Fetch(TimeSpan atMostEvery)
    {
        lock (_fetchingOne)
        {
            if (_fetching.IsCompleted && (_fetchedAt is not { } at || time.GetElapsedTime(at) >= atMostEvery))
            {
                _fetchedAt = time.GetTimestamp();
                _fetching = FetchAsync(Settings!);
            }

            return _fetching;
        }
    }

    private async Task FetchAsync(IssuerSettings settings)
    {
        try
        {
            // Both documents or none: half of a rotation is not taken. No key at all is an answer too, that of an issuer whose only key is lost.
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = settings.Metadata.Scheme == Uri.UriSchemeHttps };
            var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(settings.Metadata.ToString(), documents, CancellationToken.None);
            if (fetched.Issuer?.TrimEnd('/') == settings.Issuer.TrimEnd('/'))
                _current = fetched;
            else
                OtherIssuer(settings.Metadata);
        }
#pragma warning disable CA1031 // Whatever an issuer does, the keys that are here go on being used.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Away(settings.Metadata, e.GetType().Name, _current is null ? "No token can be checked until then" : "The keys that are here go on being used");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The issuer's keys cannot be fetched ({Metadata}: {Error}). {Consequence}.")]
    private partial void Away(Uri metadata, string error, string consequence);

    [LoggerMessage(LogLevel.Error, "The metadata at {Metadata} are another issuer's than Authentication:Authority; they are not used.")]
    private partial void OtherIssuer(Uri metadata);
}
