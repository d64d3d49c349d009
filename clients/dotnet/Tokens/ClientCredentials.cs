using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Client;

/// <summary>
/// Tokens by the client credentials grant of OAuth 2 (RFC 6749, section 4.4), each kept until shortly before its end. Many callers wait for one request.
/// </summary>
/// <param name="tokenEndpoint">The issuer's token endpoint.</param>
/// <param name="clientId">Who asks.</param>
/// <param name="clientSecret">What it shows.</param>
/// <param name="scope">The scopes, separated by spaces; null for what the issuer gives by itself.</param>
/// <param name="settings">How it calls; the usual when left out.</param>
public sealed class ClientCredentials(Uri tokenEndpoint, string clientId, string clientSecret, string? scope = null, CallSettings? settings = null) : ITokenSource, IDisposable
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(1);

    private readonly CallSettings _settings = settings ?? new();
    private readonly SemaphoreSlim _one = new(1);
    private (string Token, DateTimeOffset RenewAt)? _kept;

    /// <inheritdoc/>
    /// <exception cref="AuthenticationException">The issuer refuses the client, or is none.</exception>
    public async ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_kept is not { } kept || kept.Token == refused || _settings.Time.GetUtcNow() >= kept.RenewAt)
                _kept = kept = await AskAsync(cancellationToken).ConfigureAwait(false);
            return kept.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private sealed record Given([property: JsonPropertyName("access_token")] string? Token, [property: JsonPropertyName("expires_in")] double Seconds);

    private static Given? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<Given>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<(string Token, DateTimeOffset RenewAt)> AskAsync(CancellationToken cancellation)
    {
        var asked = _settings.Time.GetUtcNow();
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (scope is not null)
            form.Add("scope", scope);
        using var request = new HttpRequestMessage(HttpMethod.Post, tokenEndpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(clientId)}:{Uri.EscapeDataString(clientSecret)}")));
        using var answer = await _settings.Http.SendAsync(request, cancellation).ConfigureAwait(false);
        if ((int)answer.StatusCode is >= 400 and < 500 and not (408 or 429))
            throw new AuthenticationException($"The issuer gives no token ({(int)answer.StatusCode}). Check the client's id, secret and scopes with whoever runs it.");
        answer.EnsureSuccessStatusCode();
        if (Parse(await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false)) is not { Token: { } token } given)
            throw new AuthenticationException("What answers is no token endpoint. Check its address.");
        var lifetime = TimeSpan.FromSeconds(given.Seconds);
        var margin = lifetime / 10;
        return (token, asked + lifetime - (margin < LongestMargin ? margin : LongestMargin));
    }
}
