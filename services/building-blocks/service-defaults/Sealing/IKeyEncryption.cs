namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// The key-encryption key: it wraps data keys, so that where they are stored they tell nothing, and it never leaves what implements this. Held in a file
/// or a variable (<c>Sealing:KeyFile</c>, <c>Sealing:Key</c>) or in a key server (<c>Sealing:Vault</c>); a PKCS #11 module or a cloud's key service
/// would be one more implementation. Everything goes in batches, because a call may be a remote one. Safe for concurrent use.
/// </summary>
/// <remarks>
/// There is no operation to wrap anew inside a key server: Vault's does not take the associated data that binds a wrapped key to its id. A key is
/// unwrapped and wrapped again instead.
/// </remarks>
public interface IKeyEncryption
{
    /// <summary>The version that wraps now, as it is written beside what it wraps: <c>file:1f2e3d4c5b6a7988</c>, <c>vault:transit/intake:v3</c>.</summary>
    /// <exception cref="KeysUnavailableException">It cannot be asked for the moment.</exception>
    ValueTask<string> CurrentAsync(CancellationToken cancellation);

    /// <summary>Wraps keys with the current version, in the same order.</summary>
    /// <exception cref="KeysUnavailableException">It cannot be done for the moment.</exception>
    ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<DataKey> keys, CancellationToken cancellation);

    /// <summary>Unwraps keys, whatever version wrapped them, in the same order. The caller disposes of them.</summary>
    /// <exception cref="KeysUnavailableException">It cannot be done for the moment, or with the versions that are still there.</exception>
    /// <exception cref="SealBrokenException">One of them was changed, or stands under another key's id.</exception>
    ValueTask<IReadOnlyList<DataKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken cancellation);
}

/// <summary>A data key as it is stored.</summary>
/// <param name="Id">The key's id, to which the wrapped form is bound.</param>
/// <param name="Wrapped">Opaque.</param>
/// <param name="By">The version of the key-encryption key that wrapped it.</param>
public sealed record WrappedKey(Guid Id, byte[] Wrapped, string By);
