using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>Opens the keys of what is being read: one round trip and one unwrapping. None is kept in memory.</summary>
public sealed class ReportKeys(KeyStore store, IKeyEncryption encryption)
{
    /// <summary>These keys; the caller disposes of them when it has read.</summary>
    /// <exception cref="KeysUnavailableException">They cannot be had for the moment.</exception>
    /// <exception cref="SealBrokenException">One of them was changed in the store.</exception>
    public async Task<OpenedKeys> OpenAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var stored = await store.FindAsync(ids, cancellation);
        if (ids.Except(stored.Select(key => key.KeyId)).FirstOrDefault() is var missing && missing != default)
            throw new KeysUnavailableException($"The key {missing} is not in the key store. Was its database restored from a copy older than the reports?");
        var keys = await encryption.UnwrapAsync([.. stored.Select(key => key.Wrapped).OfType<WrappedKey>()], cancellation);
        return new(keys, stored.Where(key => key.Wrapped is null));
    }
}

/// <summary>Keys in the clear while something is read, and which of those that were asked for have been destroyed.</summary>
public sealed class OpenedKeys(IEnumerable<DataKey> keys, IEnumerable<StoredKey> destroyed) : IDisposable
{
    private readonly Dictionary<Guid, DataKey> _keys = keys.ToDictionary(key => key.Id);
    private readonly Dictionary<Guid, StoredKey> _destroyed = destroyed.ToDictionary(key => key.KeyId);

    /// <summary>The key; null when it was destroyed.</summary>
    public DataKey? Find(Guid id) => _keys.GetValueOrDefault(id);

    /// <summary>When and for what the key was destroyed; null when it was not.</summary>
    public StoredKey? FindDestroyed(Guid id) => _destroyed.GetValueOrDefault(id);

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
    }
}
