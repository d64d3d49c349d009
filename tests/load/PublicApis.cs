using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Load;

/// <summary>
/// The services' public APIs, as many organizations call them at once over shared connections. A request that a service did not answer, or
/// answered with its own failure, is repeated under the same key until it is answered or the deadline passes, as a careful client would.
/// </summary>
public sealed class PublicApis(Installation installation) : IDisposable
{
    private static readonly string[] NotYet = ["still-running", "offer-not-answered"];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    private readonly ConcurrentDictionary<string, AuthenticationHeaderValue> _tokens = new();

    /// <summary>Where a service is reached now; asked for every attempt.</summary>
    public Func<ServiceKind, Uri> AddressOf { get; init; } = kind => installation[kind].Address;

    /// <summary>Where a county's node is reached that may keep a handoff in the statewide system's place; null when there is none now.</summary>
    public Func<Uri?> NodeAddress { get; init; } = () => null;

    /// <summary>After so long without an answer a request is sent again.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After so long a request is given up with a <see cref="TimeoutException"/>.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(3);

    public Task<Answer> GetAsync(ServiceKind service, string organization, string path, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, service, organization, path, null, cancellation);

    public Task<Answer> PostAsync(ServiceKind service, string organization, string path, object body, CancellationToken cancellation, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, service, organization, path, body, cancellation, idempotencyKey ?? Guid.NewGuid().ToString());

    /// <summary>Asks the node, once; null when there is none, or it does not answer.</summary>
    public async Task<Answer?> PostToNodeAsync(string organization, string path, object body, CancellationToken cancellation)
    {
        if (NodeAddress() is not { } node)
            return null;
        try
        {
            return await TryAsync(HttpMethod.Post, node, organization, path, body, idempotencyKey: null, attempt: 1, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="TimeoutException">Not answered by the deadline; the message says what came last.</exception>
    public async Task<Answer> SendAsync(HttpMethod method, ServiceKind service, string organization, string path, object? body,
        CancellationToken cancellation, string? idempotencyKey = null)
    {
        var began = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            string last;
            try
            {
                var answer = await TryAsync(method, AddressOf(service), organization, path, body, idempotencyKey, attempt, cancellation);
                if (!IsWorthRepeating(answer))
                    return answer;
                last = $"{answer.Status} {answer.Text}";
            }
            catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                last = e.Message;
            }
            if (Stopwatch.GetElapsedTime(began) > Deadline)
                throw new TimeoutException($"{service.Name} did not take {method} {path} of {organization} within {Deadline}; last: {last}");
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 50 << Math.Min(attempt, 5)) * (0.5 + Random.Shared.NextDouble())), cancellation);
        }
    }

    private static bool IsWorthRepeating(Answer answer) =>
        answer.Status >= 500 || answer.Status == 409 && NotYet.Any(code => answer.Text.Contains(code, StringComparison.Ordinal));

    private async Task<Answer> TryAsync(HttpMethod method, Uri address, string organization, string path, object? body, string? idempotencyKey,
        int attempt, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AttemptTimeout);
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Headers.Authorization = _tokens.GetOrAdd(organization, o => new("Bearer", installation.Keys.Token(o)));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var bytes = await answer.Content.ReadAsByteArrayAsync(limit.Token);
        return new((int)answer.StatusCode, bytes, attempt, Stopwatch.GetTimestamp());
    }
}
