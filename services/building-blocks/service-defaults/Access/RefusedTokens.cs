using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>
/// Tokens that were refused a moment ago, so that whoever sends the same bad one again and again does not have its signature checked each time. None is refused for
/// longer than a minute without a look, nor when the issuer's keys are others than it was checked with, and one that is not valid yet is not kept at all.
/// </summary>
internal sealed class RefusedTokens(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    // By hash: somebody's own texts, of up to 16 KiB, would fill the memory.
    private readonly ConcurrentDictionary<(UInt128, UInt128), (TokenValidationResult Result, DateTimeOffset Until, object? Keys)> _refused = new();

    /// <summary>What was found out about this very token with these keys; null when that is not known.</summary>
    public TokenValidationResult? Find(string token, object? keys) =>
        !_refused.IsEmpty && _refused.TryGetValue(HashOf(token), out var known) && time.GetUtcNow() < known.Until && ReferenceEquals(known.Keys, keys) ? known.Result : null;

    /// <summary>Keeps it where the same would be found out again.</summary>
    public void Keep(string token, TokenValidationResult result, object? keys)
    {
        if (result.Exception is SecurityTokenNotYetValidException or not (SecurityTokenException or ArgumentException))
            return;
        if (_refused.Count >= Most)
            _refused.Clear();
        _refused[HashOf(token)] = (result, time.GetUtcNow() + Longest, keys);
    }

    private static (UInt128, UInt128) HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token.AsSpan()), hash);
        return (MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));
    }
}
