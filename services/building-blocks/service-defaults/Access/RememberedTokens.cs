using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Validates tokens, and takes one that was just valid without checking its signature again: clients send the same one with every request, and
/// checking is most of what a small request costs. None is taken after it has expired, and none after its issuer's keys were fetched anew without
/// being checked against these. What depends on the connection (<see cref="BoundTokens"/>) is never remembered. Nor is one that was just refused checked again.
/// </summary>
internal sealed class RememberedTokens(TimeProvider time, IssuerKeys issuer, TokenClaims claims, TokenForm form, RefusedTokens refused) : JsonWebTokenHandler
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (TokenValidationResult Result, DateTimeOffset Until, object? Keys)> _valid = new(StringComparer.Ordinal);

    /// <exception cref="IssuerAwayException">The issuer's keys are not known yet.</exception>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = time.GetUtcNow();
        var keys = issuer.Settings is null ? null : issuer.Current ?? await issuer.FetchAgainAsync() ?? throw new IssuerAwayException();
        if (_valid.TryGetValue(token, out var known) && now < known.Until && ReferenceEquals(known.Keys, keys))
            return known.Result;

        // Under a key that is not known there may be one by now: that is asked again, as seldom as ever.
        var result = refused.Find(token, keys) ?? await CheckAsync(token, keys, validationParameters);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && keys is not null && await issuer.FetchAgainAsync() is { } newer && newer != keys)
            result = await CheckAsync(token, keys = newer, validationParameters);
        if (result.IsValid)
        {
            claims.Name(result.ClaimsIdentity);
            Remember(token, result, keys, now, validationParameters.ClockSkew);
        }
        else
        {
            _valid.TryRemove(token, out _);
            refused.Keep(token, result, keys);
        }

        return result;
    }

    // Only of a token that the issuer has signed its form is looked at, so that whoever made one up learns nothing else.
    private async Task<TokenValidationResult> CheckAsync(string token, OpenIdConnectConfiguration? keys, TokenValidationParameters parameters)
    {
        var result = await base.ValidateTokenAsync(token, With(keys, parameters));
        return result.IsValid && form.RefusalOf((JsonWebToken)result.SecurityToken) is { } refusal ? new() { IsValid = false, Exception = refusal } : result;
    }

    private static TokenValidationParameters With(OpenIdConnectConfiguration? issuer, TokenValidationParameters parameters)
    {
        if (issuer is null)
            return parameters;
        parameters = parameters.Clone();
        parameters.ValidIssuer = issuer.Issuer;
        parameters.IssuerSigningKeys = issuer.SigningKeys;
        return parameters;
    }

    private void Remember(string token, TokenValidationResult result, object? keys, DateTimeOffset now, TimeSpan skew)
    {
        // Whoever has more callers a minute than this checks some tokens twice.
        if (_valid.Count >= Most)
            _valid.Clear();
        var expires = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + skew;
        _valid[token] = (result, expires < now + Longest ? expires : now + Longest, keys);
    }
}

/// <summary>A token cannot be judged yet: the caller is not wrong, and has to ask again.</summary>
internal sealed class IssuerAwayException : Exception;
