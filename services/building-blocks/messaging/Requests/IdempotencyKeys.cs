using System.Security.Cryptography;
using System.Text;
using Npgsql;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Requests;

/// <summary>What is known of a request's <c>Idempotency-Key</c>.</summary>
/// <param name="Answer">The stored answer, when the key has been used.</param>
/// <param name="SameRequest">Whether it was used for the same request.</param>
public readonly record struct EarlierAnswer(IdempotencyKeyRow? Answer, bool SameRequest);

/// <summary>
/// Makes a POST repeatable: the answer is stored under the caller's key in the transaction of the request's effects, so either both are there
/// or neither. A request that comes while the first one still runs meets its key at the commit (<see cref="Constraint"/>) and then finds the answer.
/// </summary>
public sealed class IdempotencyKeys(UnitStore store)
{
    /// <summary>The constraint that <see cref="UnitStore.CommitAsync"/> names when another request with the same key was first.</summary>
    public const string Constraint = "idempotency_keys_pkey";

    /// <summary>Looks a key up, for its caller.</summary>
    /// <param name="caller">Whose key it is: an organization, alone or followed by a blank and whom in it.</param>
    /// <param name="key">The header's value.</param>
    /// <param name="requestHash">What the request is now.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<EarlierAnswer> FindAsync(string caller, string key, byte[] requestHash, CancellationToken cancellation)
    {
        await using var reader = await store.ReadAsync(Reader.OfKey(caller), cancellation, new NpgsqlBatchCommand(
            "select request_hash, status, location, e_tag, answer from idempotency_keys where caller = $1 and key_hash = $2")
        {
            Parameters = { new() { Value = caller }, new() { Value = KeyHash(caller, key) } },
        });
        if (!await reader.ReadAsync(cancellation))
            return default;
        var row = new IdempotencyKeyRow
        {
            Caller = caller,
            KeyHash = KeyHash(caller, key),
            RequestHash = reader.GetFieldValue<byte[]>(0),
            Status = reader.GetInt32(1),
            Location = reader.IsDBNull(2) ? null : reader.GetString(2),
            ETag = reader.IsDBNull(3) ? null : reader.GetString(3),
            Answer = reader.GetString(4),
        };
        return new(row, CryptographicOperations.FixedTimeEquals(row.RequestHash, requestHash));
    }

    /// <summary>What is kept of a key.</summary>
    public static byte[] KeyHash(string caller, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}"));

    /// <summary>SHA-256 of what makes two requests the same: method, path and body.</summary>
    public static byte[] HashOf(string method, string path, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {path}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
