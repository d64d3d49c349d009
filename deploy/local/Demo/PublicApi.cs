using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Demo;

/// <summary>The services' public APIs, as one organisation calls them.</summary>
internal sealed class PublicApi(InstallationRecord installation, DevelopmentKeys keys) : IDisposable
{
    private const int Attempts = 4;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Task<JsonElement> GetAsync(ServiceKind service, string organisation, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, service, organisation, path, null, cancellationToken);

    public Task<JsonElement> PostAsync(ServiceKind service, string organisation, string path, object body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, service, organisation, path, body, cancellationToken);

    public Task DeleteAsync(ServiceKind service, string organisation, string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, service, organisation, path, null, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> SendAsync(
        HttpMethod method, ServiceKind service, string organisation, string path, object? body, CancellationToken cancellationToken)
    {
        // The same key in every attempt: when only the answer was lost, the service gives it again and does nothing twice.
        var idempotencyKey = Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
            try
            {
                return await TrySendAsync(method, service, organisation, path, body, idempotencyKey, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), cancellationToken);
            }
    }

    private async Task<JsonElement> TrySendAsync(
        HttpMethod method, ServiceKind service, string organisation, string path, object? body, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(installation.AddressOf(service), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys.Token(organisation));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var answer = await _client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DemoFailedException($"{service.Name} answered {(int)answer.StatusCode} to {method} {path} of {organisation}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
