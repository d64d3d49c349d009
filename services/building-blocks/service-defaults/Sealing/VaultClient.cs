using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>Calls a transit engine. What goes wrong is told by status and by what the operator can do; neither token nor body is ever part of it.</summary>
internal sealed class VaultClient(VaultSettings settings) : IDisposable
{
    private readonly HttpClient _http = new(Handler(settings)) { BaseAddress = settings.Address, Timeout = settings.Timeout };

    /// <summary>The answer; one in which some items of a batch have failed is an answer too.</summary>
    public async Task<VaultAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri($"v1/{settings.Mount}/{path}", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("X-Vault-Token", await TokenAsync(cancellation));
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (settings.Namespace is not null)
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", settings.Namespace);
        if (body is { } content)
            request.Content = new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (VaultAnswer.TryRead(bytes, response.IsSuccessStatusCode) is { } answer)
                return answer;
            CryptographicOperations.ZeroMemory(bytes);
            throw new KeysUnavailableException(Explain(response.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new KeysUnavailableException($"The key server has not answered within {settings.Timeout.TotalSeconds:0.#} s.");
        }
        catch (HttpRequestException e)
        {
            throw new KeysUnavailableException($"The key server cannot be reached ({e.HttpRequestError}). Check Sealing:Vault:Address and the server's certificate.");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await File.ReadAllTextAsync(settings.TokenFile, cancellation)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeysUnavailableException($"Sealing:Vault:TokenFile cannot be read ({e.GetType().Name}).");
        }
    }

    private static string Explain(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Forbidden => "The key server refuses the token (403). Renew what Sealing:Vault:TokenFile holds, and check its policy: update on encrypt and decrypt, read on keys.",
        HttpStatusCode.NotFound => "The key server does not know the key (404). Check Sealing:Vault:Mount and Sealing:Vault:Key.",
        HttpStatusCode.ServiceUnavailable => "The key server is sealed or in maintenance (503). Unseal it.",
        _ => $"The key server has answered {(int)status}.",
    };

    private static SocketsHttpHandler Handler(VaultSettings settings)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), ConnectTimeout = settings.Timeout };
        if (settings.Authorities is { } authorities)
            handler.SslOptions.CertificateChainPolicy = Policy(authorities);
        return handler;
    }

    private static X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}

/// <summary>The member <c>data</c> of an answer; what it was read from is cleared with it.</summary>
internal sealed class VaultAnswer : IDisposable
{
    private readonly byte[] _bytes;
    private readonly JsonDocument _json;

    private VaultAnswer(byte[] bytes, JsonDocument json) => (_bytes, _json) = (bytes, json);

    public JsonElement Data => _json.RootElement.GetProperty("data");

    /// <summary>Null when these bytes are no answer to what was asked: a refusal has <c>data</c> only when it tells of a batch, item by item.</summary>
    public static VaultAnswer? TryRead(byte[] bytes, bool isSuccess)
    {
        JsonDocument? json = null;
        try
        {
            json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
                && (isSuccess || data.TryGetProperty("batch_results", out _)))
            {
                var answer = new VaultAnswer(bytes, json);
                json = null;
                return answer;
            }
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            json?.Dispose();
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
