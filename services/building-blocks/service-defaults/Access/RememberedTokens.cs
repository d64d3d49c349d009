using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Validates tokens, and takes one that was just valid without checking its signature again: clients send the same one with every request, and
/// checking is most of what a small request costs. None is taken after it has expired; one whose key was withdrawn, a minute longer at most.
/// </summary>
internal sealed class RememberedTokens(TimeProvider time) : JsonWebTokenHandler
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until)> _valid = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = time.GetUtcNow();
        if (_valid.TryGetValue(token, out var known) && now < known.Until)
            return known.Result;
        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
            Remember(token, result, now, validationParameters.ClockSkew);
        else
            _valid.TryRemove(token, out _);
        return result;
    }

    private void Remember(string token, TokenValidationResult result, DateTimeOffset now, TimeSpan skew)
    {
        // Whoever has more callers a minute than this checks some tokens twice.
        if (_valid.Count >= Most)
            _valid.Clear();
        var expires = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + skew;
        _valid[token] = (result, expires < now + Longest ? expires : now + Longest);
    }
}
