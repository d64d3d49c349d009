using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// A key in the transit engine of HashiCorp Vault (from 1.13) or OpenBao, which wraps and unwraps and never gives it out. A wrapped key is bound to its
/// id as associated data. One call a batch; nothing is tried again here, because whoever waits for keys asks again by itself.
/// </summary>
internal sealed class VaultKeyEncryption(VaultSettings settings) : IKeyEncryption, IDisposable
{
    private readonly VaultClient _vault = new(settings);

    private string Source => $"vault:{settings.Mount}/{settings.Key}";

    public async ValueTask<string> CurrentAsync(CancellationToken cancellation)
    {
        using var answer = await _vault.SendAsync(HttpMethod.Get, $"keys/{settings.Key}", body: null, cancellation);
        return $"{Source}:v{answer.Data.GetProperty("latest_version").GetInt32()}";
    }

    public async ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<DataKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return [];
        using var answer = await BatchAsync("encrypt", keys, (json, key) => json.WriteBase64String("plaintext", key.Bytes), key => key.Id, cancellation);
        return [.. Results(answer, keys.Count).Zip(keys, (result, key) =>
        {
            var text = Member(result, "ciphertext", key.Id).GetString()!;
            return text.Split(':') is ["vault", ['v', ..] version, _]
                ? new WrappedKey(key.Id, Encoding.ASCII.GetBytes(text), $"{Source}:{version}")
                : throw new KeysUnavailableException("The key server's ciphertext has an unknown form.");
        })];
    }

    public async ValueTask<IReadOnlyList<DataKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return [];
        if (keys.FirstOrDefault(key => !key.By.StartsWith(Source + ":", StringComparison.Ordinal)) is { } other)
            throw new KeysUnavailableException($"A key was wrapped by {other.By}, and this service asks {Source}. Check the settings below Sealing.");
        using var answer = await BatchAsync("decrypt", keys, (json, key) => json.WriteString("ciphertext", key.Wrapped), key => key.Id, cancellation);
        return DataKey.ForEach(Results(answer, keys.Count).Zip(keys), item =>
        {
            var (result, key) = item;
            var bytes = Member(result, "plaintext", key.Id).GetBytesFromBase64();
            try
            {
                return DataKey.Of(key.Id, bytes);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
            }
        });
    }

    public void Dispose() => _vault.Dispose();

    private async Task<VaultAnswer> BatchAsync<T>(string operation, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, Func<T, Guid> id, CancellationToken cancellation)
    {
        // Large enough from the start: a buffer that grows leaves its keys behind in the smaller one.
        var buffer = new ArrayBufferWriter<byte>(64 + items.Count * 320);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch_input");
            foreach (var item in items)
            {
                json.WriteStartObject();
                write(json, item);
                json.WriteBase64String("associated_data", id(item).ToByteArray(bigEndian: true));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        try
        {
            return await _vault.SendAsync(HttpMethod.Post, $"{operation}/{settings.Key}", buffer.WrittenMemory, cancellation);
        }
        finally
        {
            buffer.Clear();
        }
    }

    private static JsonElement.ArrayEnumerator Results(VaultAnswer answer, int count)
    {
        var results = answer.Data.GetProperty("batch_results");
        return results.GetArrayLength() == count ? results.EnumerateArray() : throw new KeysUnavailableException("The key server has answered for another number of keys than it was asked for.");
    }

    /// <summary>A batch answers for each item: the value, or its error.</summary>
    private static JsonElement Member(JsonElement result, string name, Guid id)
    {
        if (result.TryGetProperty(name, out var value))
            return value;
        var error = result.TryGetProperty("error", out var text) ? text.GetString() ?? "" : "";
        throw error.Contains("disallowed by policy", StringComparison.Ordinal)
            ? new KeysUnavailableException($"The key server does not open the key {id} with the version that wrapped it any more ({error}). Lower the transit key's min_decryption_version until 'keys status' counts none under it.")
            : new SealBrokenException($"The key server does not open the key {id}: {error}.");
    }
}
