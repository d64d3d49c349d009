using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Notification.Delivery;

/// <summary>Makes one attempt. What the endpoint answers besides its status, and whether it repeats a challenge, is neither kept nor logged.</summary>
internal sealed class WebhookClient(Destinations destinations, IConfiguration configuration, IOptions<DeliverySettings> settings, Sealer sealer, Sandbox sandbox, TimeProvider time)
    : IDisposable
{
    private const string AuthorityFile = "Webhooks:AuthorityFile";
    private const int LargestAnswer = 4096;
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy would connect in our place and past the check of addresses.
        UseProxy = false,
        // An endpoint's path may be a secret: no spans with its address.
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // Counties and providers on the internet have their certificates from anybody; who has one of the operator's own authority is believed too.
            RemoteCertificateValidationCallback = TrustedAuthority.Read(configuration, AuthorityFile) is { } own ? own.VouchesBesideTheMachines : null,
        },
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, destinations, cancellation),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public async Task<AttemptResult> SendAsync(SigningEndpoint to, Guid id, CloudEvent message, CancellationToken cancellation) =>
        (await ExchangeAsync(to, id, message, Drain, cancellation)).Result;

    /// <summary>Sends a test with something to repeat, and says whether that was repeated by an answer of success.</summary>
    public async Task<(AttemptResult Result, bool IsRepeated)> ChallengeAsync(SigningEndpoint to, string challenge, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        var id = Guid.CreateVersion7(at);
        var (result, answer) = await ExchangeAsync(to, id, CloudEvent.EndpointTested(id, to.Id, at, challenge), settings.Value.Timeout, cancellation);
        return (result, result.IsDelivered && Challenge.IsRepeated(challenge, answer));
    }

    public void Dispose() => _http.Dispose();

    private async Task<(AttemptResult Result, ReadOnlyMemory<byte> Answer)> ExchangeAsync(SigningEndpoint to, Guid id, CloudEvent message, TimeSpan forAnswer, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.Value.Timeout);
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var opened = await to.OpenAsync(sealer, limit.Token);
            // Looked at again: the endpoint may have been registered when less was asked of it.
            if (new Uri(opened.Url) is { } url && url.Scheme != Uri.UriSchemeHttps && !destinations.MayBePlain(url))
                return (new(null, AttemptErrors.NotHttps, TimeSpan.Zero), default);
            using var request = NewRequest(opened, id.ToString(), (message with { Test = sandbox.IsOn }).ToBytes());
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var duration = Stopwatch.GetElapsedTime(started);
            return (new((int)answer.StatusCode, null, duration, RetryAfter(answer.Headers.RetryAfter)), await ReadAsync(answer, forAnswer, limit.Token));
        }
        catch (Exception e) when (ErrorOf(e, cancellation) is { } error)
        {
            return (new(null, error, Stopwatch.GetElapsedTime(started)), default);
        }
    }

    private HttpRequestMessage NewRequest(SigningEndpoint.Opened to, string id, byte[] body)
    {
        var at = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(CloudEvent.ContentType);
        request.Headers.UserAgent.Add(new("SafeHarbor", "0.1"));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", Signature.Timestamp(at));
        request.Headers.TryAddWithoutValidation("webhook-signature", Signature.Of(id, at, body, to.Keys));
        return request;
    }

    /// <summary>Reads a short answer, so that the connection can be used again; a long or slow one costs its connection.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, TimeSpan within, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentLength == 0)
            return default;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(within);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            var read = new byte[LargestAnswer];
            return read.AsMemory(0, await body.ReadAtLeastAsync(read, LargestAnswer, throwOnEndOfStream: false, limit.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // The status is what counts, and it is known.
            return default;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, Destinations destinations, CancellationToken cancellation)
    {
        var resolved = await Dns.GetHostAddressesAsync(endpoint.Host, cancellation);
        // Only these are connected to: a name that answers otherwise the next time gains nothing.
        var allowed = resolved.Where(destinations.Allow).ToArray();
        if (allowed.Length == 0)
            throw new AddressRefusedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Why there was no answer; null when that is no outcome of an attempt.</summary>
    private static string? ErrorOf(Exception failure, CancellationToken cancellation) => failure switch
    {
        OperationCanceledException when !cancellation.IsCancellationRequested => AttemptErrors.Timeout,
        // Changed, or the key-encryption key is away: an outcome like others, so that it is reported, tried again and not repeated in silence.
        SealBrokenException or KeysUnavailableException => AttemptErrors.SecretUnreadable,
        HttpRequestException request => ErrorOf(request),
        _ => null,
    };

    private static string ErrorOf(HttpRequestException failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case AddressRefusedException: return AttemptErrors.AddressRefused;
                case AuthenticationException: return AttemptErrors.Tls;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }: return AttemptErrors.ConnectionRefused;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return AttemptErrors.NameNotResolved;
            }
        }
        return failure.HttpRequestError is HttpRequestError.InvalidResponse ? AttemptErrors.NotHttp : AttemptErrors.ConnectionFailed;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - time.GetUtcNow();

    private sealed class AddressRefusedException : Exception;
}
