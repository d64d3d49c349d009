using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests;

/// <summary>An answer of a service.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>The services' public APIs as one organization calls them; it goes on trying while a service is down, as a real client would.</summary>
internal sealed class Api(Installation installation) : IDisposable
{
    private readonly HttpClient _http = LocalHttp.Client(TimeSpan.FromSeconds(60));

    public Task<Answer> GetAsync(ServiceProcess service, string organization, string path, CancellationToken cancellation) =>
        SendAsync(service, organization, HttpMethod.Get, path, null, null, cancellation);

    public Task<Answer> PostAsync(ServiceProcess service, string organization, string path, object body, CancellationToken cancellation, string? idempotencyKey = null) =>
        SendAsync(service, organization, HttpMethod.Post, path, body, idempotencyKey, cancellation);

    public Task<Answer> PutAsync(ServiceProcess service, string organization, string path, object body, CancellationToken cancellation) =>
        SendAsync(service, organization, HttpMethod.Put, path, body, null, cancellation);

    /// <summary>Has an endpoint tested that was just registered: it gets notices once it has repeated the challenge.</summary>
    public async Task ConfirmAsync(string organization, Answer registered, CancellationToken cancellation)
    {
        var tested = await PostAsync(installation.Notification, organization, $"/v1/endpoints/{registered.Body.GetProperty("endpointId").GetString()}/test", new { }, cancellation);
        tested.Body.GetProperty("state").GetString().ShouldBe("ENABLED", $"{organization} confirms its endpoint: {tested.Body}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> SendAsync(ServiceProcess service, string organization, HttpMethod method, string path, object? body, string? idempotencyKey,
        CancellationToken cancellation)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, new Uri(service.Address, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", installation.Keys.Token(organization));
            if (idempotencyKey is not null)
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            if (body is not null)
                request.Content = JsonContent.Create(body);
            try
            {
                using var answer = await _http.SendAsync(request, cancellation);
                if ((int)answer.StatusCode < 500)
                {
                    var text = await answer.Content.ReadAsStringAsync(cancellation);
                    return new Answer(answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
                }
            }
            catch (HttpRequestException)
            {
                // Killed in between, or not up again yet.
            }
            await Task.Delay(100, cancellation);
        }
    }
}
