using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Demo;

/// <summary>The services' public APIs, as one organization calls them. A path may be a whole address, as a notice's link is, and then goes there.</summary>
internal sealed class PublicApi(Func<ServiceKind, Uri> addressOf, DevelopmentKeys keys) : IDisposable
{
    /// <summary>Who may look at parked messages and settle them.</summary>
    public static string Operator => HomeState.Current.Organization.Text;

    private const int Attempts = 4;
    private readonly HttpClient _client = LocalHttp.Client(TimeSpan.FromSeconds(30));

    public Task<JsonElement> GetAsync(ServiceKind service, string organization, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, service, organization, path, null, cancellationToken);

    public Task<JsonElement> PostAsync(ServiceKind service, string organization, string path, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, service, organization, path, body, cancellationToken);

    public Task<JsonElement> PutAsync(ServiceKind service, string organization, string path, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, service, organization, path, body, cancellationToken);

    /// <summary>Replaces the state that <paramref name="ifMatch"/> names; the answer is a problem when it was refused.</summary>
    public async Task<(bool IsDone, JsonElement Answer)> ReplaceAsync(ServiceKind service, string organization, string path, string json, string ifMatch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(addressOf(service), path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys.Token(organization));
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await _client.SendAsync(request, cancellationToken);
        return (answer.IsSuccessStatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
    }

    public Task DeleteAsync(ServiceKind service, string organization, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, service, organization, path, null, cancellationToken);

    /// <summary>Has an endpoint tested that was just registered: it gets notices once it has repeated the challenge.</summary>
    public async Task ConfirmAsync(string organization, JsonElement endpoint, CancellationToken cancellationToken)
    {
        var tested = await PostAsync(ServiceKind.Notification, organization, $"/v1/endpoints/{endpoint.Text("endpointId")}/test", new { }, cancellationToken);
        if (!tested.GetProperty("repeated").GetBoolean())
            throw new DemoFailedException($"The endpoint of {organization} has not repeated its challenge: {tested}");
    }

    /// <summary>Everything that a service has parked in a state, page after page.</summary>
    public async IAsyncEnumerable<JsonElement> ParkedAsync(ServiceKind service, string state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = $"/v1/parked?state={Uri.EscapeDataString(state)}&limit=200";
        for (var next = first; next is not null;)
        {
            var page = await GetAsync(service, Operator, next, cancellationToken);
            foreach (var message in page.Items())
                yield return message;
            next = page.Text("next") is { } cursor ? $"{first}&after={Uri.EscapeDataString(cursor)}" : null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SendAsync(
        HttpMethod method, ServiceKind service, string organization, string path, object? body, CancellationToken cancellationToken)
    {
        // The same key in every attempt: when only the answer was lost, the service gives it again and does nothing twice.
        var idempotencyKey = Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
            try
            {
                return await TrySendAsync(method, service, organization, path, body, idempotencyKey, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), cancellationToken);
            }
    }

    private async Task<JsonElement> TrySendAsync(
        HttpMethod method, ServiceKind service, string organization, string path, object? body, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(addressOf(service), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys.Token(organization));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DemoFailedException($"{service.Name} answered {(int)answer.StatusCode} to {method} {path} of {organization}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
