using System.Net.Http.Headers;
using System.Net.Http.Json;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>Posts each checkpoint as JSON to an auditor's address, which keeps what it answers with a status of success. The checkpoint's own signature says whose it is.</summary>
internal sealed class EndpointWitness(Uri address, string? token, TimeSpan every) : IOutsideWitness, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    public string Name => "endpoint";

    public TimeSpan Every => every;

    public async Task KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync(address, checkpoint, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
